import type { Finding } from './fault.ts';

/** `${NAME}`; `$${NAME}` stands for the text itself. JSONPath's `$.data` and templates' `{slug}` are neither. */
const REFERENCE = /\$?\$\{([^}]{0,200})\}/g;
const NAME = /^[A-Za-z_]\w*$/;

export interface Substituted {
  readonly value: unknown;
  readonly findings: readonly Finding[];
  /** Texts that came from the environment: never to be printed. */
  readonly secrets: readonly { readonly name: string; readonly value: string }[];
}

/** Puts the environment's values into every string of a tree of plain values. A missing one is a finding. */
export function substitute(tree: unknown, env: Readonly<Record<string, string | undefined>>): Substituted {
  const findings: Finding[] = [];
  const secrets = new Map<string, string>();
  const resolve = (name: string, at: readonly PropertyKey[]): string => {
    const value = NAME.test(name) ? env[name] : undefined;
    if (value === undefined || value === '') findings.push(missing(name, at));
    else secrets.set(name, value);
    return value ?? '';
  };
  const walk = (value: unknown, at: readonly PropertyKey[]): unknown => {
    if (typeof value === 'string') {
      return value.replace(REFERENCE, (whole, name: string) =>
        whole.startsWith('$$') ? whole.slice(1) : resolve(name, at),
      );
    }
    if (Array.isArray(value)) return value.map((part, index) => walk(part, [...at, index]));
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, walk(part, [...at, key])]));
  };
  const value = walk(tree, []);
  return { value, findings, secrets: [...secrets].map(([name, secret]) => ({ name, value: secret })) };
}

function missing(name: string, at: readonly PropertyKey[]): Finding {
  return NAME.test(name)
    ? {
        at,
        message: `biến môi trường ${name} chưa đặt hoặc rỗng.`,
        remedy: `đặt ${name} trước khi chạy (ví dụ ${name}=… npm start), hoặc bỏ \${${name}} khỏi dòng này.`,
      }
    : {
        at,
        message: `\${${name}} không phải tên biến môi trường.`,
        remedy: 'tên chỉ gồm chữ, số và gạch dưới; muốn viết nguyên văn thì dùng $${…}.',
      };
}
