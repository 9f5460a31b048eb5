import { capped, found } from '../found.ts';
import { defineRule } from '../rule.ts';

/** Every page and feed leads to a complaint form that works, and tickets are decided on record. */
export const republishComplaintChannel = defineRule({
  id: 'republish-complaint-channel',
  number: 59,
  scope: 'republication',
  title: { vi: 'Kênh tiếp nhận phản ánh', en: 'A channel for complaints' },
  severity: 'must',
  consequence: 'own-duty',
  appliesTo: { kinds: [], gateway: true },
  clauses: [
    { cite: 'NĐ 147/2024/NĐ-CP Điều 28(1)', basis: 'L2', confidence: 'Q' },
    { cite: 'NĐ 72/2013/NĐ-CP Điều 23c(1)c', basis: 'L3', confidence: 'V', history: true },
  ],
  remedy: {
    vi: 'Cung cấp công cụ điện tử tiếp nhận, xử lý phản ánh, khiếu nại về nội dung.',
    en: 'Provide an electronic tool to receive and handle complaints.',
  },
  caveat: { vi: 'Trích dẫn đọc được bị cắt ngắn.', en: 'The quotation read was truncated.' },
  parameters: {},
  needs: ['complaints', 'outputs'],
  uses: [],
  check(_subject, { complaints, outputs }) {
    const without = outputs
      .filter(({ complaintLink }) => !complaintLink)
      .map(({ channel }) =>
        found(
          `outputs.${channel}.complaintLink`,
          `Kênh ${channel} không dẫn tới nơi phản ánh.`,
          `The channel ${channel} does not lead to the complaint form.`,
        ),
      );
    const { formStatus, testTicketAccepted, tickets } = complaints;
    const findings = [...without];
    if (formStatus !== 200 || !testTicketAccepted)
      findings.push(
        found(
          'complaints.formStatus',
          'Nơi phản ánh không nhận phiếu thử.',
          'The complaint form does not take a test ticket.',
          { data: { status: formStatus } },
        ),
      );
    tickets.forEach(({ receivedAt, decision, decidedAt }, n) => {
      if (receivedAt === undefined || (decision === undefined) !== (decidedAt === undefined))
        findings.push(
          found(
            `complaints.tickets[${n}]`,
            'Phiếu phản ánh thiếu lúc nhận, kết luận hoặc lúc kết luận.',
            'A ticket lacks its receipt, decision or time of decision.',
          ),
        );
    });
    return capped(findings);
  },
});
