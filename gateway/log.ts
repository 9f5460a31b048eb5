import pino from 'pino';
import pretty from 'pino-pretty';

export type Logger = pino.Logger;

/** Structured lines for machines; at a terminal, lines for people. Never a secret: callers log codes and names. */
export function createLog(level: string, name: string): Logger {
  const options: pino.LoggerOptions = {
    level,
    base: { part: name },
    timestamp: pino.stdTimeFunctions.isoTime,
  };
  if (!process.stdout.isTTY && process.env.LOG_FORMAT !== 'pretty')
    return pino(options, pino.destination({ fd: 1, sync: true }));
  return pino(
    options,
    pretty({
      ignore: 'pid,hostname,part',
      translateTime: 'SYS:HH:MM:ss',
      hideObject: level !== 'debug',
      sync: true,
    }),
  );
}
