import type { Watch } from './watch.ts';
import { backupsWatch } from './watches/backups.ts';
import { type CertificateOptions, certificatesWatch } from './watches/certificates.ts';
import { channelStates } from './watches/channel-states.ts';
import { disk } from './watches/disk.ts';
import { duties } from './watches/duties.ts';
import { endings } from './watches/endings.ts';
import { holds } from './watches/holds.ts';
import { ledgerWatch } from './watches/ledger.ts';
import { people } from './watches/people.ts';
import { receivers } from './watches/receivers.ts';
import { remoteSchemas } from './watches/schemas.ts';
import { sources } from './watches/sources.ts';
import { takeDowns } from './watches/take-downs.ts';

/** Everything that is looked for; one line a watch. `store-failing` is told by whoever looks. */
export function allWatches(options: CertificateOptions = {}): readonly Watch[] {
  return [
    disk,
    ledgerWatch(),
    takeDowns,
    sources,
    remoteSchemas,
    holds,
    people,
    duties,
    receivers,
    channelStates,
    certificatesWatch(options),
    endings,
    backupsWatch(),
  ];
}
