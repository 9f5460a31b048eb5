import { lookAtDataFolder, lookAtKeys } from './data-folder.ts';
import { lookAtDatabase } from './database.ts';
import { type Check, type Finding, ill, type Patient } from './finding.ts';
import { lookAtDisk, lookAtMemory, lookAtPort, lookAtVersions } from './machine.ts';
import { lookAtNetwork } from './network.ts';

const CHECKS: readonly (readonly [name: string, check: Check])[] = [
  ['version', lookAtVersions],
  ['disk', lookAtDisk],
  ['memory', lookAtMemory],
  ['data', lookAtDataFolder],
  ['keys', lookAtKeys],
  ['port', lookAtPort],
  ['database', lookAtDatabase],
  ['network', lookAtNetwork],
];

/** Looks at everything that a gateway rests on; a check that fails itself is a finding too. */
export async function examine(patient: Patient): Promise<readonly Finding[]> {
  const found = await Promise.all(
    CHECKS.map(([name, check]) =>
      check(patient).catch((thrown: unknown): readonly Finding[] => {
        const why = thrown instanceof Error ? thrown.message : String(thrown);
        return [
          ill(
            name,
            'fail',
            [`Không kiểm tra được: ${why}`, `Could not be looked at: ${why}`],
            [
              'Sửa điều nêu ở đây rồi chạy lại `lienthong doctor`.',
              'Mend what is said here and run `lienthong doctor` again.',
            ],
          ),
        ];
      }),
    ),
  );
  return found.flat();
}
