import { describeRule } from '../rule.conformance.ts';
import { gateway, NOW } from '../subject.example.ts';
import { republishComplaintChannel } from './index.ts';

describeRule(republishComplaintChannel, {
  accept: [
    [
      'a form that works',
      gateway,
      {
        complaints: {
          formStatus: 200,
          testTicketAccepted: true,
          tickets: [{ receivedAt: NOW, decision: 'x', decidedAt: NOW }, { receivedAt: NOW }],
        },
        outputs: [{ channel: 'rss', authors: [], complaintLink: 'https://tin.example/feedback' }],
      },
    ],
  ],
  reject: [
    [
      'no link, a dead form',
      gateway,
      {
        complaints: { formStatus: 502, testTicketAccepted: false, tickets: [] },
        outputs: [{ channel: 'rss', authors: [] }],
      },
      ['outputs.rss.complaintLink', 'complaints.formStatus'],
    ],
    [
      'a decision without its time',
      gateway,
      {
        complaints: {
          formStatus: 200,
          testTicketAccepted: true,
          tickets: [{ receivedAt: NOW, decision: 'x' }],
        },
        outputs: [],
      },
      ['complaints.tickets[0]'],
    ],
  ],
});
