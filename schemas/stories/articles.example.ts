/** Made-up news, written for this test: headline, lead, and body in paragraphs. The even ones are for tuning. */
export interface Article {
  readonly title: string;
  readonly other: string;
  readonly summary: string;
  readonly paragraphs: readonly string[];
}

export const ARTICLES: readonly Article[] = [
  {
    title: 'Hơn 4.000 lao động tìm việc tại phiên giao dịch lớn nhất năm',
    other: 'Nhà thi đấu Tân Giang kín người trong ngày hội việc làm',
    summary:
      'Sáng 21/11, phiên giao dịch việc làm của tỉnh Tân Giang thu hút 120 doanh nghiệp với gần 6.000 vị trí tuyển dụng.',
    paragraphs: [
      'Từ sáng sớm, hàng dài người đã xếp hàng trước cửa nhà thi đấu tỉnh. Theo ban tổ chức, đến trưa có hơn 4.000 lượt lao động vào phỏng vấn, trong đó khoảng một phần ba là người vừa mất việc ở các khu công nghiệp phía nam.',
      'Ông Lê Hoàng Phúc, giám đốc Trung tâm Dịch vụ việc làm Tân Giang, cho biết năm nay nhiều nhà máy nhận cả người trên 40 tuổi. “Chúng tôi đề nghị doanh nghiệp bỏ giới hạn tuổi trong thông báo tuyển dụng, và 35 đơn vị đã làm theo”, ông nói.',
      'Chị Trần Thị Mận, quê xã Hòa Lợi, được một xưởng may nhận ngay tại bàn phỏng vấn với mức lương 8,5 triệu đồng mỗi tháng. Chị kể đã nghỉ việc từ tháng 6 và nộp hồ sơ ở bảy nơi trước đó nhưng chưa nơi nào gọi lại.',
      'Phiên giao dịch kế tiếp dự kiến mở ngày 12/12 tại huyện Bình Sơn, ưu tiên thanh niên vừa xuất ngũ và sinh viên các trường nghề sắp tốt nghiệp.',
    ],
  },
  {
    title: 'Bảo hiểm xã hội tỉnh Lâm Hà trả lương hưu qua tài khoản cho 92% người hưởng',
    other: 'Người hưu ở Lâm Hà không còn phải xếp hàng lĩnh tiền mặt',
    summary: 'Sau hai năm vận động, phần lớn người hưởng lương hưu của tỉnh đã nhận tiền qua ngân hàng.',
    paragraphs: [
      'Số liệu do Bảo hiểm xã hội tỉnh Lâm Hà công bố chiều 18/10 cho thấy 41.300 trên tổng số 44.900 người đang hưởng lương hưu, trợ cấp hằng tháng đã nhận tiền qua tài khoản, tăng gần 15 điểm phần trăm so với cuối năm trước.',
      'Bà Ngô Thu Vân, phó giám đốc cơ quan này, nói rằng khó nhất là thuyết phục người trên 80 tuổi. Cán bộ phải đến từng nhà, cùng nhân viên ngân hàng hướng dẫn mở tài khoản và rút tiền ở cây gần nhất.',
      'Ở phường Đông Kinh, điểm chi trả tiền mặt trước kia mở ba ngày mỗi tháng nay chỉ còn một buổi. Những người không thể đi lại được nhân viên bưu điện mang tiền đến tận nhà, không mất thêm khoản phí nào.',
      'Tỉnh đặt mục tiêu đến hết quý I năm sau không còn điểm chi trả tiền mặt ở khu vực đô thị, riêng các xã vùng cao vẫn giữ ít nhất một điểm mỗi cụm.',
    ],
  },
  {
    title: 'Xưởng gỗ cháy ở Phú Mỹ, ba công nhân được cứu kịp thời',
    other: 'Cứu ba người mắc kẹt trong vụ cháy xưởng chế biến gỗ',
    summary:
      'Lửa bùng lên lúc 2 giờ sáng tại xưởng rộng 1.200 mét vuông, nguyên nhân ban đầu được cho là do chập điện.',
    paragraphs: [
      'Theo Công an huyện Phú Mỹ, khoảng 2h10 ngày 3/9 người dân thôn Đồng Văn phát hiện khói bốc ra từ xưởng gỗ của ông Vũ Đình Cảnh và gọi báo cháy. Sáu xe chữa cháy cùng 38 chiến sĩ được điều đến hiện trường.',
      'Lúc đó bên trong có ba công nhân ngủ lại trông máy. Lối ra chính bị lửa chặn, lực lượng cứu hộ phải phá tường phía sau để đưa họ ra ngoài. Một người bị bỏng nhẹ ở tay, hai người còn lại chỉ bị ngạt khói và đã xuất viện trong ngày.',
      'Đến 5 giờ đám cháy được khống chế. Toàn bộ mái tôn và bốn máy cưa bị thiêu rụi, chủ xưởng ước tính thiệt hại khoảng 2,3 tỷ đồng.',
      'Thanh tra lao động tỉnh cho biết xưởng từng bị nhắc nhở hồi tháng 4 vì bố trí chỗ ngủ trong khu sản xuất và thiếu lối thoát hiểm thứ hai. Cơ quan này sẽ làm việc với chủ cơ sở trong tuần tới.',
    ],
  },
  {
    title: 'Đề xuất tăng mức hỗ trợ học nghề cho lao động thất nghiệp lên 2 triệu đồng mỗi tháng',
    other: 'Học nghề khi mất việc có thể được hỗ trợ nhiều hơn',
    summary: 'Dự thảo đang lấy ý kiến đề nghị nâng mức hỗ trợ học nghề và kéo dài thời gian được hỗ trợ.',
    paragraphs: [
      'Cơ quan soạn thảo vừa gửi dự thảo sửa đổi quy định về bảo hiểm thất nghiệp để lấy ý kiến các địa phương. Điểm đáng chú ý là mức hỗ trợ học nghề tối đa được đề xuất tăng từ 1,5 triệu lên 2 triệu đồng một tháng, thời gian hỗ trợ từ 6 lên 9 tháng.',
      'Theo tờ trình, trong ba năm qua chỉ khoảng 3% người hưởng trợ cấp thất nghiệp chọn học nghề. Lý do chính là mức hỗ trợ thấp hơn học phí thực tế của nhiều nghề như hàn công nghệ cao, điều dưỡng hay sửa chữa ô tô điện.',
      'Đại diện một trường cao đẳng nghề ở miền Trung ủng hộ đề xuất nhưng lo thủ tục thanh toán còn chậm. Trường này phải chờ bốn đến năm tháng mới nhận được tiền quyết toán cho mỗi khóa.',
      'Dự thảo cũng cho phép người lao động tự chọn cơ sở đào tạo ngoài tỉnh đang cư trú. Thời hạn góp ý kéo dài đến hết ngày 15/1 năm tới.',
    ],
  },
  {
    title: 'Nữ điều dưỡng Việt tại Nhật và lớp học tiếng cho người mới sang',
    other: 'Lớp học cuối tuần của chị Hạnh ở Osaka',
    summary: 'Mỗi chủ nhật, chị Bùi Mỹ Hạnh mở cửa căn hộ nhỏ ở Osaka dạy tiếng cho các đồng hương.',
    paragraphs: [
      'Chị Hạnh sang Nhật năm 2017 theo chương trình điều dưỡng và hiện là trưởng ca tại một viện dưỡng lão. Những ngày đầu, chị từng khóc vì không hiểu người bệnh nói gì, chỉ biết cúi đầu xin lỗi.',
      'Ba năm trước, khi viện nhận thêm sáu thực tập sinh từ Nghệ An, chị nảy ra ý mở lớp. Ban đầu lớp chỉ có bốn người ngồi quanh bàn ăn, nay danh sách chờ đã hơn 50, nhiều người đi tàu hai tiếng để đến học.',
      'Giáo trình do chị tự viết, gồm những câu dùng thật trong ca trực: hỏi cơn đau ở đâu, báo cáo huyết áp, xin đổi ca. Cuối mỗi buổi học viên đóng vai y tá và bệnh nhân để luyện phản xạ.',
      'Đến nay 27 học viên của lớp đã đỗ chứng chỉ năng lực tiếng N3. Chị bảo chưa bao giờ lấy học phí, chỉ mong các em đừng phải im lặng như mình ngày trước.',
    ],
  },
  {
    title: 'Thanh tra phát hiện 17 doanh nghiệp nợ lương công nhân trước Tết',
    other: 'Nợ lương 31 tỷ đồng, 17 doanh nghiệp bị yêu cầu trả trước 20/1',
    summary: 'Tổng số tiền lương còn nợ gần 31 tỷ đồng, ảnh hưởng khoảng 2.600 người lao động.',
    paragraphs: [
      'Kết quả kiểm tra đột xuất tại các khu công nghiệp Hải Bình cho thấy 17 trên 64 doanh nghiệp được kiểm tra còn nợ lương từ một đến bốn tháng. Phần lớn thuộc ngành da giày và linh kiện điện tử, đơn hàng giảm mạnh từ mùa thu.',
      'Đoàn thanh tra yêu cầu các doanh nghiệp lập phương án trả dứt điểm trước ngày 20/1. Nơi nào cố tình kéo dài sẽ bị chuyển hồ sơ sang cơ quan điều tra theo quy định của pháp luật hình sự.',
      'Công đoàn khu công nghiệp đã tạm ứng cho 410 công nhân khó khăn nhất, mỗi người một triệu đồng, để họ có tiền về quê. Nguồn này lấy từ quỹ hỗ trợ do các công đoàn cơ sở đóng góp hằng năm.',
      'Một giám đốc thừa nhận công ty đã vay ngân hàng để trả một nửa số nợ và đang bán bớt dây chuyền cũ, cam kết trả hết trong tháng.',
    ],
  },
  {
    title: 'Khánh thành nhà công vụ cho giáo viên vùng cao Nậm Lành',
    other: 'Giáo viên Nậm Lành có nhà mới trước mùa rét',
    summary: 'Mười hai phòng ở kiên cố thay cho dãy nhà gỗ dột nát đã dùng gần hai mươi năm.',
    paragraphs: [
      'Công trình có tổng vốn 3,8 tỷ đồng, một nửa do ngân sách huyện cấp, phần còn lại do một quỹ từ thiện và cựu học sinh của trường đóng góp. Nhà xây trên nền cao, có bể nước chung và tấm pin mặt trời trên mái.',
      'Thầy Giàng A Sử, dạy ở đây từ năm 2009, nói mùa mưa trước cả dãy phải kê giường vào giữa phòng vì nước chảy dọc tường. Có năm bốn giáo viên xin chuyển về xuôi chỉ vì con nhỏ ốm liên miên.',
      'Trường phổ thông bán trú Nậm Lành hiện có 640 học sinh và 42 giáo viên, trong đó 23 người ở xa phải trọ lại. Với 12 phòng mới, nhà trường sắp xếp cho các gia đình trẻ trước, người độc thân ở ghép.',
      'Ủy ban nhân dân huyện cho biết năm tới sẽ xây tiếp nhà ở cho hai trường nữa tại xã Sùng Đô và Suối Quyền theo mẫu thiết kế này.',
    ],
  },
  {
    title: 'Cổng dịch vụ công ngành lao động thêm thủ tục khai báo tai nạn trực tuyến',
    other: 'Khai báo tai nạn lao động không cần đến tận nơi',
    summary:
      'Từ ngày 1/12, doanh nghiệp có thể khai báo tai nạn lao động và nộp biên bản điều tra hoàn toàn qua mạng.',
    paragraphs: [
      'Thủ tục mới cho phép người sử dụng lao động gửi khai báo ban đầu trong vòng vài phút, kèm ảnh hiện trường và lời khai nhân chứng. Hệ thống tự chuyển hồ sơ đến thanh tra tỉnh nơi xảy ra tai nạn.',
      'Trước đây, một hồ sơ đầy đủ cần bảy loại giấy tờ và trung bình mười một ngày đi lại. Đơn vị vận hành cho biết đợt chạy thử ở ba tỉnh đã rút xuống còn hai ngày rưỡi.',
      'Người bị nạn hoặc thân nhân cũng được cấp mã để theo dõi hồ sơ đi đến đâu, biết ai đang xử lý và khi nào có kết quả giám định. Mọi bước đều có tin nhắn báo về điện thoại.',
      'Các doanh nghiệp dưới mười lao động được miễn chữ ký số trong sáu tháng đầu, thay bằng mã xác thực gửi qua điện thoại của người đại diện.',
    ],
  },
  {
    title: 'Đội bóng nữ công nhân Thành Công vô địch giải khu chế xuất',
    other: 'Những cô thợ may ghi bàn phút bù giờ',
    summary: 'Bàn thắng ở phút bù giờ giúp các cô gái xưởng may lần đầu đăng quang sau bốn mùa tham dự.',
    paragraphs: [
      'Trận chung kết tối thứ bảy trên sân Linh Xuân diễn ra dưới mưa nhưng khán đài vẫn chật kín. Đội Thành Công gặp đương kim vô địch Điện tử Sao Mai, đội đã thắng họ 3-0 ở vòng bảng.',
      'Hai đội hòa 1-1 sau 50 phút thi đấu. Khi trọng tài đã nhìn đồng hồ, tiền đạo Đặng Thị Lụa đón đường chuyền dài từ sân nhà, vượt qua hai hậu vệ và đá chìm vào góc trái khung thành.',
      'Lụa năm nay 22 tuổi, làm ở chuyền may số 7, tập bóng mỗi tối sau giờ tăng ca. Cô kể cả chuyền đã đổi ca để có mặt trên khán đài, quản đốc còn mang theo trống của đình làng.',
      'Giải năm nay có 18 đội, nhiều nhất từ trước tới nay. Công đoàn các khu chế xuất dự định mở thêm hạng nữ trên 35 tuổi vào mùa sau.',
    ],
  },
  {
    title: 'Hợp tác xã chè Tân Cương đưa sàn giao dịch việc làm thời vụ lên điện thoại',
    other: 'Gọi thợ hái chè bằng điện thoại',
    summary: 'Người hái chè nhận việc theo ngày qua ứng dụng, tiền công trả ngay trong buổi chiều.',
    paragraphs: [
      'Mỗi vụ, vùng chè cần hơn 900 thợ hái trong hai tuần nhưng người gọi việc chỉ có vài cuốn sổ tay. Năm ngoái, gần một phần tư diện tích hái trễ, búp già phải bán rẻ cho xưởng trà túi lọc.',
      'Ứng dụng do nhóm sinh viên trường đại học kỹ thuật viết trong bốn tháng. Chủ vườn đăng số người, giờ bắt đầu và tiền công; người hái bấm nhận, hệ thống xếp nhóm theo xóm để tiện đi chung xe.',
      'Bà Hoàng Thị Nhài, 58 tuổi, ban đầu ngại vì không quen màn hình cảm ứng. Sau hai buổi được cháu gái chỉ, bà nhận việc đều và còn chấm điểm các chủ vườn trả công đúng hẹn.',
      'Sau vụ thu, hợp tác xã ghi nhận 11.700 ngày công đặt qua ứng dụng, tiền công bình quân tăng 6%. Hai huyện bên cạnh đã xin dùng chung từ mùa xuân.',
    ],
  },
  {
    title: 'Trại hè miễn phí cho con công nhân ở khu công nghiệp Đông Nam',
    other: 'Mùa hè của 600 đứa trẻ xóm trọ',
    summary: 'Sáu tuần học bơi, học vẽ và ăn trưa miễn phí giúp cha mẹ yên tâm vào ca.',
    paragraphs: [
      'Khi trường mầm non và tiểu học nghỉ hè, nhiều gia đình trọ quanh khu công nghiệp phải khóa con trong phòng để đi làm. Năm ngoái ở đây từng xảy ra hai vụ trẻ bỏng nước sôi khi ở nhà một mình.',
      'Công đoàn cùng phường Vĩnh Lộc mượn ba trường học đang trống, tuyển 85 sinh viên sư phạm trông trẻ từ 6 giờ đến 18 giờ. Trại nhận 600 em từ 5 đến 11 tuổi, chia lớp theo độ tuổi chứ không theo trường.',
      'Buổi sáng các em tập bơi ở hồ của trường thể thao, buổi chiều vẽ tranh, đọc sách và làm bánh. Bữa trưa do bếp ăn của bốn nhà máy nấu chung, thực đơn dán công khai trước cổng.',
      'Kinh phí cả mùa là 1,9 tỷ đồng, doanh nghiệp góp hai phần ba. Phường mong năm sau có thể mở thêm ca đêm cho con của công nhân làm ca ba.',
    ],
  },
  {
    title: 'Bão số 9 đổi hướng, các tỉnh ven biển hoãn lịch ra khơi',
    other: 'Tàu cá được gọi về bờ tránh bão số 9',
    summary: 'Chiều 5/11 tâm bão cách bờ khoảng 430 km, giật cấp 14 và đi chếch lên phía bắc.',
    paragraphs: [
      'Trung tâm dự báo cho biết bão đổi hướng do không khí lạnh tràn xuống sớm hơn dự kiến. Vùng gió mạnh thu hẹp nhưng mưa sẽ kéo dài, nhiều nơi trên 300 mm trong ba ngày.',
      'Từ trưa, bộ đội biên phòng bốn tỉnh đã bắn pháo hiệu và gọi điện cho chủ tàu. Đến 17 giờ còn 86 tàu với gần 700 lao động chưa vào bờ, phần lớn đang neo ở các đảo phía ngoài.',
      'Tại cảng Cửa Lân, ngư dân chằng lại thuyền thúng và chuyển đá lạnh, dầu máy lên chỗ cao. Ông Phan Bảy, chủ hai chiếc câu mực, nói chuyến này lỗ gần trăm triệu nhưng không ai dám liều.',
      'Trường học ở 26 xã ven biển cho học sinh nghỉ từ ngày mai. Ngành điện cử thêm chín đội sửa chữa trực tại chỗ để nối lại lưới sau khi bão tan.',
    ],
  },
  {
    title: 'Thợ gốm Bát Lộc truyền nghề cho người khuyết tật',
    other: 'Lớp học gốm không lời ở làng Bát Lộc',
    summary: 'Mười bảy học viên khiếm thính vừa hoàn thành khóa làm gốm đầu tiên kéo dài tám tháng.',
    paragraphs: [
      'Xưởng của nghệ nhân Cao Văn Tứ nằm cuối làng, bên bờ đê. Ông không biết thủ ngữ, nên những tuần đầu thầy trò nói với nhau bằng cách nắn cùng một khối đất, người này sửa tay người kia.',
      'Học viên nhỏ nhất mới 16 tuổi, lớn nhất 47. Trung tâm bảo trợ xã hội tỉnh trả tiền ăn ở, còn đất, men và củi đốt lò do ông Tứ lo, đổi lại sản phẩm đầu tay được bày bán chung ở cửa hàng của làng.',
      'Khó nhất là khâu canh lửa, vì thợ lành nghề nghe tiếng lò mà biết độ chín. Các bạn khiếm thính nghĩ ra cách đặt tay lên vách lò bên ngoài để cảm nhận rung động, và tỷ lệ hỏng dần giảm từ 40% xuống 12%.',
      'Năm người trong lớp đã ký hợp đồng thợ chính thức. Ông Tứ nói sang năm sẽ dựng thêm một lò nhỏ để các em tự đốt, tự bán và tự giữ lấy nghề.',
    ],
  },
  {
    title: 'Thành phố Cảng Xanh thí điểm trả lương theo giờ cho sinh viên làm thêm',
    other: 'Sinh viên làm thêm ở Cảng Xanh được trả tối thiểu 28.000 đồng một giờ',
    summary: 'Quy chế mới buộc chủ quán ký thỏa thuận giờ làm và ghi rõ tiền công tối thiểu 28.000 đồng.',
    paragraphs: [
      'Theo quy chế thí điểm có hiệu lực từ tháng 3, sinh viên chỉ được nhận việc tối đa 20 giờ mỗi tuần trong kỳ học. Chủ cơ sở phải lập bảng giờ công, cho người làm xem và ký xác nhận hằng tuần.',
      'Khảo sát của hội sinh viên với 3.200 người cho thấy 58% từng làm mà không có bất kỳ giấy tờ nào, 21% bị trừ tiền vô cớ như làm vỡ ly, đến muộn vài phút hay khách không trả tiền.',
      'Chủ chuỗi cà phê Lá Me ủng hộ quy chế nhưng đề nghị cho phép vượt giờ vào dịp lễ. Một chủ quán nhỏ lo không đủ người ghi sổ, được phường hướng dẫn dùng bảng chấm công miễn phí trên điện thoại.',
      'Sau sáu tháng, thành phố sẽ đánh giá và quyết định có nhân rộng cho mọi lao động bán thời gian hay không.',
    ],
  },
  {
    title: 'Bệnh viện nghề nghiệp cảnh báo bụi phổi ở thợ làm đá nhân tạo',
    other: 'Thợ cắt đá bếp trẻ tuổi đã mắc bệnh phổi nặng',
    summary: 'Trong một năm, bệnh viện tiếp nhận 34 ca bụi phổi silic, nhiều người chưa đến 35 tuổi.',
    paragraphs: [
      'Các bác sĩ cho biết đá thạch anh nhân tạo dùng làm mặt bếp có hàm lượng silic trên 90%, cao gấp ba lần đá hoa cương. Khi cắt khô, bụi mịn bay đầy xưởng và lọt qua khẩu trang vải.',
      'Bệnh nhân Mai Đức Duy, 29 tuổi, làm nghề được bốn năm, nay không leo nổi một tầng cầu thang. Phim chụp cho thấy hai phổi xơ lan tỏa; hướng điều trị duy nhất là ghép phổi.',
      'Khảo sát 48 xưởng quanh thành phố chỉ thấy năm nơi có máy phun nước khi cắt và hai nơi đo bụi định kỳ. Phần lớn thợ không có hợp đồng nên không được khám bệnh nghề nghiệp.',
      'Bệnh viện kiến nghị cấm cắt khô loại đá này, đồng thời đưa thợ tự do vào danh sách được khám sàng lọc miễn phí từ quỹ bảo hiểm tai nạn lao động.',
    ],
  },
  {
    title: 'Làng nghề đóng tàu Thủy Giang chuyển sang làm thuyền composite',
    other: 'Tiếng đục gỗ thưa dần ở Thủy Giang',
    summary: 'Thiếu gỗ tốt và thợ trẻ, một nửa số xưởng của làng nghề 200 năm đã đổi vật liệu.',
    paragraphs: [
      'Mười năm trước, mỗi mùa nước nổi làng hạ thủy hơn 60 chiếc ghe gỗ. Năm nay con số ấy còn chín, trong khi các xưởng composite nhận đơn đặt hàng kín đến tháng 8 sang năm.',
      'Anh Đoàn Thế Vinh, đời thứ sáu của một nhà thợ mộc, là người đầu tiên dỡ giàn đà gỗ để mua khuôn. Anh nói một chiếc thuyền composite nhẹ hơn 30%, bền hơn và chỉ cần tám ngày công thay vì bốn mươi.',
      'Đổi lại, mùi nhựa và sợi thủy tinh khiến thợ ho nhiều. Trạm y tế xã đã nhắc các xưởng lắp quạt hút, phát mặt nạ lọc và cấm trẻ con vào chơi như thời còn xưởng gỗ.',
      'Ba nghệ nhân cao tuổi giữ lại một xưởng cũ làm nơi dạy nghề và đón khách tham quan. Họ vẫn đóng mỗi năm một chiếc ghe theo lối xưa để cúng đình.',
    ],
  },
  {
    title: 'Mở tuyến xe buýt đưa đón công nhân ca đêm ở khu công nghệ cao',
    other: 'Xe buýt 23 giờ của công nhân ca ba',
    summary: 'Bốn tuyến mới chạy từ 22 giờ đến 1 giờ sáng, giá vé 3.000 đồng cho người có thẻ công nhân.',
    paragraphs: [
      'Sau vụ cướp xe máy nhằm vào nữ công nhân tan ca hồi tháng 5, ban quản lý khu công nghệ cao cùng sở giao thông mở bốn tuyến buýt đêm. Xe chạy 20 phút một chuyến, dừng ở 31 điểm gần khu trọ.',
      'Trong tuần đầu, trung bình mỗi đêm có 1.450 lượt khách, gấp đôi dự tính. Chị Lý Kim Yến ở phường Tăng Hòa nói từ nay chồng không phải thức chờ đón, con nhỏ cũng được ngủ yên.',
      'Mỗi xe có một nhân viên bảo vệ và nút gọi khẩn cấp nối thẳng với công an phường. Đèn đường dọc 12 km cũng được thay mới, các bụi cây che khuất lối đi bị phát quang.',
      'Phần bù lỗ khoảng 400 triệu đồng mỗi tháng do doanh nghiệp trong khu chia nhau theo số lao động. Nếu duy trì được đến hết năm, hai tuyến nữa sẽ mở sang phía bờ đông.',
    ],
  },
  {
    title: 'Huyện đảo Hòn Sương tuyển bác sĩ với mức đãi ngộ 500 triệu đồng',
    other: 'Hòn Sương chờ bác sĩ',
    summary:
      'Sau hai năm không tuyển được ai, huyện đảo nâng mức đãi ngộ và cấp nhà ở cho bác sĩ về công tác.',
    paragraphs: [
      'Trung tâm y tế huyện đảo hiện chỉ có ba bác sĩ phục vụ hơn 9.000 dân và khách du lịch. Khi biển động, mọi ca cấp cứu đều phải xử lý tại chỗ vì tàu không thể vào đất liền.',
      'Nghị quyết mới của hội đồng nhân dân cho phép trả một lần 500 triệu đồng cho bác sĩ cam kết ở lại ít nhất năm năm, thêm căn hộ công vụ và suất học cho con. Điều dưỡng và hộ sinh được một phần ba mức này.',
      'Bác sĩ Kiều Quốc Dũng, người ở đảo lâu nhất, nói tiền chỉ là một nửa câu chuyện. Anh cần máy siêu âm tốt, đường truyền để hội chẩn và người thay ca, vì ba năm liền anh chưa có cái Tết nào ở nhà.',
      'Đợt nhận hồ sơ kéo dài đến cuối tháng 2. Huyện đã làm việc với hai trường y để đưa sinh viên năm cuối ra thực tập, mong có người chọn ở lại.',
    ],
  },
];
