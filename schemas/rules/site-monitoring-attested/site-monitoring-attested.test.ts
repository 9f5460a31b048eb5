import { describeRule } from '../rule.conformance.ts';
import { NOW, unit } from '../subject.example.ts';
import { siteMonitoringAttested } from './index.ts';

describeRule(siteMonitoringAttested, {
  accept: [
    [
      'a full record',
      { site: unit },
      {
        now: NOW,
        registry: {
          monitoring: {
            centre: 'Trung tâm A',
            connectedAt: NOW,
            minutesNo: '1',
            socContact: true,
            contactConfirmed: NOW,
          },
        },
      },
    ],
  ],
  reject: [
    [
      'a name only',
      { site: unit },
      { now: NOW, registry: { monitoring: { centre: 'NCSC' } } },
      ['registry.monitoring.minutesNo', 'registry.monitoring.socContact'],
    ],
  ],
});
