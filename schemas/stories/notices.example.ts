import type { Telling } from './reading.ts';

/** A template of notices, as offices of one ministry fill them in, and its fillings: each is other news. */
export interface Notice {
  readonly title: string;
  readonly body: string;
  readonly fillings: readonly (readonly string[])[];
}

/** `{0}`, `{1}` … are the slots. */
export function filledIn({ title, body }: Notice, filling: readonly string[]): Telling {
  const fill = (text: string) =>
    text.replace(/\{(\d)\}/g, (_slot, index: string) => filling[Number(index)] ?? '');
  return { title: fill(title), summary: '', contentText: fill(body) };
}

/** The even ones are for tuning. */
export const NOTICES: readonly Notice[] = [
  {
    title: 'Thông báo tuyển dụng viên chức năm 2026 của {0}',
    body: 'Căn cứ nhu cầu công tác, {0} thông báo tuyển dụng {1} viên chức làm việc tại các phòng chuyên môn năm 2026. Người dự tuyển phải có quốc tịch Việt Nam, đủ 18 tuổi trở lên, có đơn dự tuyển, có lý lịch rõ ràng và đủ sức khỏe để thực hiện nhiệm vụ. Hồ sơ gồm phiếu đăng ký dự tuyển theo mẫu, bản sao văn bằng và chứng chỉ theo yêu cầu của vị trí việc làm. Thời gian nhận hồ sơ từ ngày {2} đến hết ngày {3} trong giờ hành chính. Hình thức tuyển dụng là xét tuyển qua hai vòng, vòng 1 kiểm tra điều kiện dự tuyển, vòng 2 phỏng vấn về năng lực, trình độ chuyên môn. Lệ phí dự tuyển là {4} đồng một người. Danh sách thí sinh đủ điều kiện sẽ được niêm yết tại trụ sở và đăng trên trang thông tin điện tử.',
    fillings: [
      ['Trung tâm Dịch vụ việc làm Hà Nam', '05', '02/11/2026', '02/12/2026', '500.000'],
      ['Trung tâm Dịch vụ việc làm Nam Định', '12', '09/11/2026', '09/12/2026', '400.000'],
      ['Viện Khoa học Lao động', '03', '16/11/2026', '15/12/2026', '500.000'],
      ['Trung tâm Điều dưỡng Người có công Sầm Sơn', '08', '20/10/2026', '20/11/2026', '300.000'],
    ],
  },
  {
    title: 'Mời chào giá gói thầu {0}',
    body: '{1} có nhu cầu tiếp nhận báo giá để tham khảo, xây dựng giá gói thầu, làm cơ sở tổ chức lựa chọn nhà thầu cho gói thầu {0}. Kính mời các đơn vị có đủ năng lực gửi báo giá theo mẫu đính kèm. Người tiếp nhận báo giá là {2}, chuyên viên phòng Hành chính. Báo giá gửi trực tiếp hoặc qua bưu điện trong giờ làm việc, không muộn hơn 17 giờ ngày {3}. Báo giá phải ghi rõ cấu hình, xuất xứ, thời gian bảo hành và đã gồm thuế, phí vận chuyển, lắp đặt. Thời hạn hiệu lực của báo giá tối thiểu {4} ngày kể từ ngày ký. Những báo giá nhận được sau thời điểm nêu trên sẽ không được xem xét.',
    fillings: [
      ['mua sắm máy tính', 'Cục Việc làm', 'Nguyễn Văn Ba', '14/10/2026', '90'],
      ['sửa chữa trụ sở', 'Văn phòng Bộ', 'Trần Thị Lan', '21/10/2026', '120'],
      ['thuê đường truyền', 'Trung tâm Công nghệ thông tin', 'Đỗ Mạnh Hùng', '03/11/2026', '60'],
      ['in sổ bảo hiểm', 'Bảo hiểm xã hội tỉnh Bình Thuận', 'Võ Ngọc Ánh', '12/09/2026', '90'],
    ],
  },
  {
    title: 'Dự báo thời tiết ngày {0}',
    body: 'Ngày {0}, khu vực Bắc Bộ {1}, gió đông bắc cấp {2}. Nhiệt độ thấp nhất từ {3} độ, cao nhất từ {4} độ. Thủ đô Hà Nội {1}, đêm và sáng trời lạnh, nhiệt độ cao nhất {4} độ. Các tỉnh từ Thanh Hóa đến Thừa Thiên Huế {1}, có nơi mưa rào và dông, gió nhẹ. Tây Nguyên và Nam Bộ chiều tối có mưa rào và dông rải rác, ngày nắng, trong cơn dông có khả năng xảy ra lốc, sét và gió giật mạnh. Trên biển, vùng biển phía tây bắc của bắc Biển Đông có gió cấp {2}, sóng cao từ {5} mét, biển động. Người dân và công nhân làm việc ngoài trời cần theo dõi các bản tin tiếp theo để chủ động phòng tránh.',
    fillings: [
      ['12/11', 'nhiều mây, không mưa', '3', '16-19', '22-24', '1,5-2,5'],
      ['13/11', 'có mưa nhỏ vài nơi', '4', '15-18', '20-22', '2,0-3,0'],
      ['14/11', 'ngày nắng, hanh khô', '2', '14-17', '25-27', '1,0-2,0'],
      ['21/11', 'nhiều mây, có mưa', '5', '13-15', '17-19', '3,0-5,0'],
    ],
  },
  {
    title: 'Kết quả công tác lao động việc làm năm {0}',
    body: 'Năm {0}, ngành lao động tỉnh đã giải quyết việc làm cho {1} lao động, đạt {2} kế hoạch năm. Trong đó số lao động đi làm việc ở nước ngoài theo hợp đồng là {3} người, tập trung ở Nhật Bản, Hàn Quốc và Đài Loan. Tỷ lệ lao động qua đào tạo đạt {4}, tỷ lệ thất nghiệp khu vực thành thị còn {5}. Công tác giảm nghèo tiếp tục được quan tâm, tỷ lệ hộ nghèo toàn tỉnh giảm so với năm trước. Bên cạnh những kết quả đạt được vẫn còn một số hạn chế như chất lượng nguồn nhân lực chưa cao, việc làm thiếu bền vững, công tác dự báo thị trường lao động chưa kịp thời. Thời gian tới ngành tiếp tục đẩy mạnh tuyên truyền, nâng cao chất lượng đào tạo nghề gắn với nhu cầu của doanh nghiệp.',
    fillings: [
      ['2023', '24.100', '102%', '1.830', '66,5%', '2,71%'],
      ['2024', '25.650', '104%', '2.115', '68,2%', '2,55%'],
      ['2025', '26.020', '101%', '2.460', '70,1%', '2,48%'],
      ['2026', '27.400', '108%', '2.905', '71,8%', '2,30%'],
    ],
  },
  {
    title: 'Lịch tiếp công dân của lãnh đạo {0} tháng {1}',
    body: '{0} thông báo lịch tiếp công dân định kỳ tháng {1} của lãnh đạo như sau. Thời gian tiếp vào các ngày {2}, buổi sáng từ 8 giờ đến 11 giờ 30 phút, buổi chiều từ 13 giờ 30 phút đến 16 giờ 30 phút. Địa điểm tại phòng tiếp công dân, số {3}. Người chủ trì là {4}. Công dân đến khiếu nại, tố cáo, kiến nghị, phản ánh mang theo giấy tờ tùy thân và tài liệu liên quan, trình bày trung thực sự việc và tuân thủ nội quy. Trường hợp nhiều người cùng khiếu nại một nội dung thì cử đại diện trình bày. Nếu lịch có thay đổi, cơ quan sẽ thông báo trước ít nhất hai ngày làm việc để công dân được biết.',
    fillings: [
      ['Sở Nội vụ Hải Dương', '11', '05, 12 và 19', '8 Thanh Niên', 'Giám đốc Vũ Văn Thắng'],
      ['Sở Nội vụ Hải Dương', '12', '03, 10 và 24', '8 Thanh Niên', 'Phó Giám đốc Lê Thị Hòa'],
      ['Sở Nội vụ Bắc Kạn', '11', '06, 13 và 20', '27 Trường Chinh', 'Giám đốc Hà Đức Toàn'],
      ['Sở Nội vụ Kon Tum', '11', '04, 11 và 25', '125B Phan Đình Phùng', 'Giám đốc Y Ngọc'],
    ],
  },
  {
    title: 'Giá vàng và ngoại tệ sáng {0}',
    body: 'Sáng {0}, giá vàng miếng trong nước niêm yết ở mức {1} triệu đồng một lượng chiều mua vào và {2} triệu đồng chiều bán ra, thay đổi nhẹ so với chốt phiên trước. Vàng nhẫn tròn trơn giao dịch quanh {3} triệu đồng một lượng. Trên thị trường thế giới, mỗi ounce vàng giao ngay dao động quanh {4} USD do giới đầu tư chờ số liệu việc làm của Mỹ. Tỷ giá trung tâm được công bố ở mức {5} đồng một USD. Tại các ngân hàng thương mại, giá mua bán đồng bạc xanh phổ biến tăng giảm vài đồng. Giới phân tích khuyên người dân thận trọng, không vay mượn để mua vàng lúc giá biến động mạnh.',
    fillings: [
      ['12/11', '146,5', '148,5', '145,9', '4.118', '25.103'],
      ['13/11', '147,2', '149,2', '146,6', '4.142', '25.107'],
      ['17/11', '145,1', '147,4', '144,8', '4.060', '25.112'],
      ['20/11', '149,0', '151,0', '148,3', '4.205', '25.121'],
    ],
  },
  {
    title: 'Cảnh báo doanh nghiệp {0} tuyển lao động trái phép',
    body: 'Cục Quản lý lao động ngoài nước nhận được phản ánh về việc {0} đăng tin tuyển lao động đi làm việc tại {1} trên mạng xã hội với mức lương {2}. Qua rà soát, {0} không có giấy phép hoạt động dịch vụ đưa người lao động đi làm việc ở nước ngoài và chưa đăng ký hợp đồng nào với cơ quan chức năng. Người lao động cần hết sức cảnh giác, không nộp tiền, không giao giấy tờ cho cá nhân, tổ chức không có thẩm quyền. Khi phát hiện dấu hiệu lừa đảo, đề nghị trình báo công an nơi gần nhất hoặc phản ánh về Cục để được hướng dẫn. Danh sách doanh nghiệp được cấp phép được công bố công khai trên trang thông tin điện tử của Cục.',
    fillings: [
      ['Công ty Ánh Dương Xanh', 'Úc', '80 triệu đồng'],
      ['Công ty Đông Phương Việt', 'Hàn Quốc', '45 triệu đồng'],
      ['Trung tâm tư vấn Sao Biển', 'Canada', '95 triệu đồng'],
      ['Công ty Nhân Lực Toàn Cầu', 'Đức', '70 triệu đồng'],
    ],
  },
  {
    title: '{0} tổ chức hội nghị người lao động năm 2026',
    body: 'Sáng ngày {1}, {0} tổ chức hội nghị người lao động năm 2026. Dự và chỉ đạo hội nghị có đồng chí {2} cùng toàn thể công đoàn viên, người lao động trong đơn vị. Hội nghị đã nghe báo cáo kết quả thực hiện nhiệm vụ năm qua, phương hướng năm tới và báo cáo hoạt động của ban thanh tra nhân dân. Các đại biểu thảo luận sôi nổi, tập trung vào nâng cao thu nhập, cải thiện điều kiện làm việc và thực hiện quy chế dân chủ ở cơ sở. Phát biểu tại hội nghị, đồng chí {2} ghi nhận những nỗ lực của tập thể và đề nghị phát huy truyền thống đoàn kết. Hội nghị thống nhất thông qua nghị quyết với {3} đại biểu tán thành và phát động phong trào thi đua năm mới.',
    fillings: [
      ['Trường Cao đẳng nghề Đà Lạt', '08/01', 'Phạm Văn Tiến', '142'],
      ['Trung tâm Kiểm định Kỹ thuật An toàn', '15/01', 'Đinh Thị Thu', '86'],
      ['Bệnh viện Phục hồi chức năng', '20/01', 'Hoàng Minh Đức', '230'],
      ['Trường Đại học Lao động Xã hội', '22/01', 'Lương Ngọc Bích', '311'],
    ],
  },
  {
    title: 'Kết quả đấu giá tài sản thanh lý của {0}',
    body: '{0} thông báo kết quả đấu giá tài sản thanh lý đợt {1}. Tài sản đấu giá gồm xe ô tô, máy phát điện, bàn ghế và thiết bị văn phòng đã qua sử dụng, giá khởi điểm {2} đồng. Cuộc đấu giá diễn ra công khai, đúng trình tự, có {3} người đăng ký tham gia và nộp tiền đặt trước. Người trúng đấu giá là {4} với mức trả cao nhất. Trong vòng mười ngày kể từ ngày ký biên bản, người trúng đấu giá có trách nhiệm nộp đủ tiền và nhận bàn giao tài sản. Quá thời hạn trên mà không nộp tiền thì kết quả bị hủy và tiền đặt trước không được hoàn lại theo quy định.',
    fillings: [
      ['Sở Nội vụ Lạng Sơn', '1', '186.500.000', '9', 'ông Trương Quốc Bình'],
      ['Sở Nội vụ Hà Giang', '2', '92.300.000', '4', 'Công ty Minh Khang'],
      ['Ban Quản lý Khu công nghiệp', '1', '341.000.000', '15', 'bà Nông Thị Quế'],
      ['Trường Trung cấp Kỹ thuật', '3', '57.800.000', '6', 'ông Lò Văn Pánh'],
    ],
  },
  {
    title: 'Thị trường lao động {0}: {1} chỉ tiêu tuyển dụng',
    body: 'Theo bản tin thị trường lao động {0}, các doanh nghiệp trên địa bàn có nhu cầu tuyển {1} lao động, {2} so với kỳ trước. Ngành dệt may cần {3} người, điện tử cần {4} người, còn lại là thương mại, dịch vụ và xây dựng. Mức lương phổ biến từ 8 đến 12 triệu đồng với lao động phổ thông, từ 12 đến 20 triệu đồng với kỹ thuật viên có tay nghề. Về phía người tìm việc, đa số mong muốn làm gần nhà, có chỗ ở và được đóng bảo hiểm đầy đủ ngay từ tháng đầu. Trung tâm khuyến cáo người lao động tìm hiểu kỹ hợp đồng, không đóng phí giữ chỗ và liên hệ sàn giao dịch khi cần tư vấn.',
    fillings: [
      ['quý I', '14.200', 'tăng 6%', '5.100', '3.900'],
      ['quý II', '15.850', 'tăng 11%', '5.600', '4.450'],
      ['quý III', '13.070', 'giảm 17%', '4.320', '3.610'],
      ['quý IV', '18.400', 'tăng 40%', '6.900', '5.020'],
    ],
  },
];

/** Paragraphs that papers hang under every report of a running matter, and the reports of different days. */
export const BACKGROUNDS: readonly {
  readonly background: string;
  readonly reports: readonly (readonly [string, string])[];
}[] = [
  {
    background:
      'Trước đó, dự án nhà ở cho công nhân phường Yên Thịnh được khởi công từ năm 2019 trên khu đất 4,2 ha với 1.180 căn hộ. Dự án nhiều lần lỡ hẹn do vướng giải phóng mặt bằng và chủ đầu tư cũ rút lui. Năm 2024 thành phố giao cho chủ đầu tư mới, yêu cầu bàn giao đợt đầu trong năm 2026.',
    reports: [
      [
        'Công nhân bốc thăm chọn căn hộ ở Yên Thịnh',
        'Sáng chủ nhật, 312 gia đình công nhân có mặt từ rất sớm tại nhà văn hóa để bốc thăm căn hộ. Ai bốc trúng tầng cao được đổi với người già, người có con nhỏ. Chị Phùng Thị Xuân ôm tờ phiếu khóc vì sau mười một năm ở trọ cuối cùng đã có địa chỉ của mình.',
      ],
      [
        'Chung cư công nhân Yên Thịnh thiếu chỗ gửi xe',
        'Vừa dọn vào được hai tuần, nhiều hộ phản ánh tầng hầm chỉ đủ cho một nửa số xe máy. Ban quản trị lâm thời đề nghị dùng tạm sân trường mầm non chưa mở, nhưng nhà trường sợ ảnh hưởng việc lắp thiết bị. Chủ đầu tư hứa sơn lại vạch và xếp xe hai tầng trước cuối tháng.',
      ],
      [
        'Trường mầm non trong khu nhà công nhân nhận trẻ',
        'Ngôi trường mười hai lớp đón 290 cháu đầu tiên sau gần nửa năm chờ nghiệm thu phòng cháy. Giờ đón trả trẻ được kéo dài đến 19 giờ để hợp với ca làm. Hiệu trưởng cho hay còn thiếu năm cô nuôi và đang tuyển ngay trong số các mẹ ở tòa nhà.',
      ],
    ],
  },
  {
    background:
      'Theo hồ sơ, từ năm 2021 đến 2025 nhóm của Lưu Tấn Khoa lập ba công ty tư vấn du học, thu của mỗi người từ 120 đến 260 triệu đồng rồi chiếm đoạt. Cơ quan điều tra xác định 184 bị hại ở sáu tỉnh, tổng số tiền hơn 29 tỷ đồng. Phần lớn nạn nhân là thanh niên nông thôn vay ngân hàng để nộp phí.',
    reports: [
      [
        'Mở phiên tòa xét xử nhóm lừa đưa người đi lao động',
        'Phiên tòa khai mạc sáng nay dự kiến kéo dài bốn ngày. Hơn một trăm bị hại đến từ tờ mờ sáng, hội trường không đủ ghế nên tòa phải lắp thêm màn hình ngoài sân. Bị cáo đầu vụ xin lỗi mọi người và nói đã bán nhà để khắc phục một phần.',
      ],
      [
        'Ngân hàng khoanh nợ cho nạn nhân vụ lừa đi lao động',
        'Ba ngân hàng thương mại đồng ý khoanh nợ gốc trong hai năm và miễn lãi phạt cho các hộ có giấy xác nhận bị hại. Danh sách do ủy ban xã lập, niêm yết mười ngày trước khi gửi. Nhiều gia đình từng phải bán trâu, cầm sổ đỏ để trả lãi hằng tháng.',
      ],
      [
        'Thêm một đối tượng trong đường dây bị dẫn độ',
        'Chiều qua, cảnh sát áp giải kẻ giữ sổ sách của đường dây từ sân bay về trại tạm giam sau tám tháng trốn ở nước ngoài. Người này khai cất giữ hai ổ cứng chứa toàn bộ phiếu thu. Điều tra viên đang khôi phục dữ liệu để đối chiếu với lời khai của từng nạn nhân.',
      ],
    ],
  },
];
