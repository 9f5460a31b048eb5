import { z } from 'zod';
import { CodedError } from '../schemas/errors.ts';

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** What the process was started with. Secrets among it: never log it whole. */
export interface Environment {
  readonly port: number;
  readonly host: string;
  /** Path of the federation file; absent: the sandbox ministry. */
  readonly config?: string;
  /** Folder of everything this machine keeps. */
  readonly data: string;
  readonly databaseUrl?: string;
  /** A second role that owns the tables. */
  readonly databaseMigrateUrl?: string;
  readonly cacheUrl?: string;
  readonly logLevel: (typeof LOG_LEVELS)[number];
  readonly adminToken?: string;
  readonly ledgerKey?: string;
  readonly evidenceKey?: string;
}

const postgres = address(['postgres:', 'postgresql:'], 'postgres://người-dùng:mật-khẩu@máy:5432/tên');
const secret = z.string().min(16, { error: 'quá ngắn: cần ít nhất 16 ký tự khó đoán.' });

const variables = z.object({
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, { error: 'phải là số cổng từ 0 đến 65535.' })
    .transform(Number)
    .refine(port => port <= 65535, { error: 'phải là số cổng từ 0 đến 65535.' })
    .prefault('4000'),
  HOST: z.string().default('127.0.0.1'),
  LIENTHONG_CONFIG: z.string().optional(),
  LIENTHONG_DATA: z.string().default('./var'),
  DATABASE_URL: postgres.optional(),
  DATABASE_MIGRATE_URL: postgres.optional(),
  CACHE_URL: address(['redis:', 'rediss:'], 'redis://máy:6379').optional(),
  LOG_LEVEL: z.enum(LOG_LEVELS, { error: `phải là một trong: ${LOG_LEVELS.join(', ')}.` }).default('info'),
  LIENTHONG_ADMIN_TOKEN: secret.optional(),
  LIENTHONG_LEDGER_KEY: secret.optional(),
  LIENTHONG_EVIDENCE_KEY: secret.optional(),
});

/** Reads the environment; an empty variable is an unset one. Throws CONFIG_INVALID naming every bad one, no values. */
export function readEnvironment(env: Readonly<Record<string, string | undefined>>): Environment {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()));
  const parsed = variables.safeParse(set);
  if (!parsed.success) {
    const told = parsed.error.issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`);
    throw new CodedError('CONFIG_INVALID', ['Biến môi trường không hợp lệ:', ...told].join('\n'), {
      data: { variables: parsed.error.issues.map(({ path }) => path.join('.')) },
    });
  }
  const values = parsed.data;
  return {
    port: values.PORT,
    host: values.HOST,
    data: values.LIENTHONG_DATA,
    logLevel: values.LOG_LEVEL,
    ...(values.LIENTHONG_CONFIG && { config: values.LIENTHONG_CONFIG }),
    ...(values.DATABASE_URL && { databaseUrl: values.DATABASE_URL }),
    ...(values.DATABASE_MIGRATE_URL && { databaseMigrateUrl: values.DATABASE_MIGRATE_URL }),
    ...(values.CACHE_URL && { cacheUrl: values.CACHE_URL }),
    ...(values.LIENTHONG_ADMIN_TOKEN && { adminToken: values.LIENTHONG_ADMIN_TOKEN }),
    ...(values.LIENTHONG_LEDGER_KEY && { ledgerKey: values.LIENTHONG_LEDGER_KEY }),
    ...(values.LIENTHONG_EVIDENCE_KEY && { evidenceKey: values.LIENTHONG_EVIDENCE_KEY }),
  };
}

function address(protocols: readonly string[], shape: string) {
  return z.string().refine(value => URL.canParse(value) && protocols.includes(new URL(value).protocol), {
    error: `phải là địa chỉ dạng ${shape}`,
  });
}
