import { type Environment, readEnvironment } from '../../config/environment.ts';
import { toCoded } from '../../schemas/errors.ts';
import type { Federation } from '../../schemas/federation.ts';
import { examine } from '../doctor/doctor.ts';
import { type Finding, ill, type State, well } from '../doctor/finding.ts';
import type { Plugins } from './plugins.ts';
import { sandboxConfig } from './sandbox.ts';
import { readSetting } from './setting.ts';

export interface DoctorFlags {
  readonly json?: boolean;
  readonly lang: string;
}

const MARKS: Readonly<Record<'vi' | 'en', Readonly<Record<State, string>>>> = {
  vi: { ok: 'tốt  ', warn: 'lưu ý', fail: 'HỎNG ' },
  en: { ok: 'ok   ', warn: 'warn ', fail: 'FAIL ' },
};

/** Says how everything stands that a gateway rests on, running or not; 1 when something is broken. */
export async function doctor(flags: DoctorFlags, plugins: Plugins): Promise<number> {
  // What is printed is JSON and nothing else.
  if (flags.json) process.env.LOG_LEVEL = 'silent';
  const environment = readEnvironment(process.env);
  const { federation, finding } = readFile(environment, plugins);
  const findings = [
    finding,
    ...(await examine({ environment, ...(federation && { federation }), now: Date.now })),
  ];
  if (flags.json) console.log(JSON.stringify(findings, null, 2));
  else show(findings, flags.lang === 'en' ? 'en' : 'vi');
  return findings.some(({ state }) => state === 'fail') ? 1 : 0;
}

function readFile(
  { config }: Environment,
  plugins: Plugins,
): { readonly federation?: Federation; readonly finding: Finding } {
  const name = config ?? 'sandbox';
  try {
    const { federation } = readSetting(plugins, sandboxConfig());
    const count = `${federation.sites.length} / ${federation.sources.length}`;
    return {
      federation,
      finding: well(
        'config',
        `Tệp cấu hình ${name}: hợp lệ (${count} trang / đầu nối)`,
        `Federation file ${name}: valid (${count} sites / sources)`,
      ),
    };
  } catch (thrown) {
    const { message } = toCoded(thrown);
    return {
      finding: ill(
        'config',
        'fail',
        [message, message],
        [
          'Sửa tệp theo từng dòng nêu trên; `lienthong config check` kiểm tra lại.',
          'Mend the file line by line as said; `lienthong config check` looks again.',
        ],
      ),
    };
  }
}

function show(findings: readonly Finding[], language: 'vi' | 'en'): void {
  for (const { state, said, remedy } of findings) {
    console.log(`${MARKS[language][state]}  ${said[language]}`);
    if (remedy) console.log(`       → ${remedy[language]}`);
  }
  const count = (wanted: State) => findings.filter(({ state }) => state === wanted).length;
  console.log(
    language === 'vi'
      ? `${count('ok')} tốt, ${count('warn')} lưu ý, ${count('fail')} hỏng.`
      : `${count('ok')} ok, ${count('warn')} warnings, ${count('fail')} failures.`,
  );
}
