/** Made-up news is put together from these. Places and agencies are invented on purpose. */
export const PLACES = [
  'tỉnh Sông Hạ',
  'tỉnh Núi Thượng',
  'thành phố Cửa Đông',
  'tỉnh Bãi Sậy',
  'thành phố Hồ Trúc',
  'tỉnh Đồng Lúa',
  'huyện đảo Hòn Mây',
  'tỉnh Rừng Thông',
  'thành phố Bến Gió',
  'tỉnh Suối Ngọc',
  'tỉnh Cao Lâm',
  'thành phố Vịnh Xanh',
] as const;

export interface Subject {
  readonly category: string;
  readonly titles: readonly string[];
  readonly lead: string;
  readonly body: readonly string[];
}

export const SUBJECTS: readonly Subject[] = [
  {
    category: 'Việc làm',
    titles: [
      'Phiên giao dịch việc làm lưu động tại {place} thu hút hơn {count} lao động',
      '{place} kết nối {count} chỉ tiêu tuyển dụng cho thanh niên nông thôn',
      'Hướng dẫn đăng ký tìm việc trực tuyến cho người lao động {place}',
    ],
    lead: 'Hoạt động nhằm kết nối trực tiếp người tìm việc với doanh nghiệp, rút ngắn thời gian thất nghiệp.',
    body: [
      'Tại phiên giao dịch, các doanh nghiệp bố trí bàn tư vấn riêng cho lao động trẻ, lao động trên 40 tuổi và người khuyết tật.',
      'Ban tổ chức cho biết phần lớn vị trí tuyển dụng không yêu cầu bằng cấp, được đào tạo tại chỗ trong thời gian thử việc.',
    ],
  },
  {
    category: 'Bảo hiểm xã hội',
    titles: [
      '{place}: thêm {count} người tham gia bảo hiểm xã hội tự nguyện trong tháng',
      'Giải đáp về hưởng BHXH một lần cho công nhân {place}',
      'Đối thoại chính sách bảo hiểm thất nghiệp với {count} công nhân {place}',
    ],
    lead: 'Cơ quan bảo hiểm phối hợp với địa phương tuyên truyền tới từng tổ dân phố, hỗ trợ thủ tục ngay tại chỗ.',
    body: [
      'Nhiều câu hỏi xoay quanh thời gian đóng, mức hưởng và cách tra cứu quá trình tham gia trên ứng dụng.',
      'Đại diện cơ quan bảo hiểm khuyến nghị người lao động giữ lại thời gian đóng để được hưởng lương hưu về sau.',
    ],
  },
  {
    category: 'Người có công',
    titles: [
      'Thăm hỏi, tặng quà {count} gia đình chính sách tại {place}',
      '{place} hoàn thành sửa chữa {count} nhà ở cho người có công',
      'Điều dưỡng tập trung cho người có công {place} đợt cuối năm',
    ],
    lead: 'Đây là hoạt động thường niên, thể hiện đạo lý uống nước nhớ nguồn.',
    body: [
      'Đoàn công tác đã ân cần thăm hỏi sức khỏe, ghi nhận nguyện vọng của từng gia đình.',
      'Kinh phí được huy động từ quỹ đền ơn đáp nghĩa và đóng góp của các doanh nghiệp trên địa bàn.',
    ],
  },
  {
    category: 'An toàn lao động',
    titles: [
      'Kiểm tra an toàn lao động tại {count} công trường ở {place}',
      '{place} huấn luyện sơ cứu cho {count} an toàn vệ sinh viên',
      'Cảnh báo nguy cơ tai nạn khi vận hành thiết bị nâng tại {place}',
    ],
    lead: 'Đợt kiểm tra tập trung vào thiết bị có yêu cầu nghiêm ngặt và làm việc trên cao.',
    body: [
      'Các lỗi phổ biến gồm thiếu lan can an toàn, dây đai hết hạn kiểm định và thiếu biển cảnh báo.',
      'Doanh nghiệp cam kết khắc phục trong vòng 15 ngày và báo cáo bằng văn bản.',
    ],
  },
  {
    category: 'Lao động ngoài nước',
    titles: [
      '{count} lao động {place} trúng tuyển chương trình làm việc ở nước ngoài',
      'Tập huấn kỹ năng trước khi đi làm việc ở nước ngoài cho lao động {place}',
      'Cảnh giác môi giới trái phép: khuyến cáo tới người lao động {place}',
    ],
    lead: 'Người lao động được hướng dẫn về hợp đồng, chi phí và quyền lợi khi làm việc ở nước ngoài.',
    body: [
      'Chương trình ưu tiên lao động thuộc hộ nghèo, người dân tộc thiểu số và thân nhân người có công.',
      'Học viên được hỗ trợ chi phí học ngoại ngữ, khám sức khỏe và làm hộ chiếu theo quy định.',
    ],
  },
  {
    category: 'Cải cách hành chính',
    titles: [
      '{place} cắt giảm {count} thủ tục hành chính lĩnh vực lao động',
      'Tiếp nhận hồ sơ trực tuyến tại {place} đạt kết quả tích cực',
      'Công khai kết quả giải quyết thủ tục hành chính của {place}',
    ],
    lead: 'Thời gian giải quyết hồ sơ được rút ngắn, người dân theo dõi tiến độ qua mạng.',
    body: [
      'Bộ phận một cửa bố trí cán bộ hỗ trợ người cao tuổi nộp hồ sơ trực tuyến.',
      'Kết quả đánh giá mức độ hài lòng được niêm yết hằng tháng tại trụ sở và trên trang thông tin điện tử.',
    ],
  },
];

export const AUTHORS = [
  'Trần Minh An',
  'Lê Thu Hà',
  'Phạm Quốc Bình',
  'Ngô Thanh Mai',
  'Vũ Hải Đăng',
  'Đỗ Khánh Linh',
] as const;

/** Stands at the end of every made-up text, so that nobody takes it for news. */
export const NOTICE = 'Nội dung do máy tạo ra cho bản dùng thử của Liên Thông, không phải tin thật.';
