/** Of the network below a connection, and of PostgreSQL while it ends or starts. */
const CODES = [
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  // The process was frozen inside a transaction for so long that PostgreSQL hung up.
  '25P03',
  '57P01',
  '57P02',
  '57P03',
];

/** What drivers say without a code. */
const WORDS =
  /Connection terminated|connection .*closed|Timeout acquiring a connection|Client has encountered a connection error/i;

/** Whether what was thrown means that the database can't be asked now, rather than that it was asked something wrong. */
export function databaseIsAway(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { code, message, errors } = error as Partial<NodeJS.ErrnoException> & {
    errors?: unknown[];
  };
  return (
    (code !== undefined && CODES.includes(code)) ||
    WORDS.test(message ?? '') ||
    // A host with several addresses fails with one error for each.
    (errors?.some(databaseIsAway) ?? false)
  );
}
