/** Names that stand for numbers, by field. */
const MONTHS = 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' ');
const DAYS = 'SUN MON TUE WED THU FRI SAT'.split(' ');

const FIELDS = [
  { name: 'minute', min: 0, max: 59, names: [] },
  { name: 'hour', min: 0, max: 23, names: [] },
  { name: 'day of month', min: 1, max: 31, names: [] },
  { name: 'month', min: 1, max: 12, names: MONTHS },
  { name: 'day of week', min: 0, max: 6, names: DAYS },
] as const;

const MACROS = /^@(yearly|annually|monthly|weekly|daily|midnight|hourly)$/;

/**
 * What is wrong with a cron schedule as Kubernetes reads it, or undefined.
 *
 * @internal
 */
export function cronError(schedule: string): string | undefined {
  if (MACROS.test(schedule)) {
    return undefined;
  }
  if (/^(CRON_)?TZ=/.test(schedule)) {
    return 'a time zone is not allowed in the schedule';
  }
  const parts = schedule.trim().split(/\s+/);
  if (parts.length !== FIELDS.length) {
    return `it has ${parts.length} fields instead of 5`;
  }
  for (const [index, field] of FIELDS.entries()) {
    if (!parts[index].split(',').every(part => isRange(part, field))) {
      return `the ${field.name} is not ${field.min} to ${field.max}`;
    }
  }
  return undefined;
}

function isRange(part: string, field: (typeof FIELDS)[number]): boolean {
  const match =
    /^(\*|\?|[0-9A-Za-z]+)(?:-([0-9A-Za-z]+))?(?:\/([0-9]+))?$/.exec(part);
  if (!match) {
    return false;
  }
  const [, from, to, step] = match;
  if (step !== undefined && Number(step) < 1) {
    return false;
  }
  if (from === '*' || from === '?') {
    return to === undefined;
  }
  const start = numberOf(from, field);
  const end = to === undefined ? start : numberOf(to, field);
  return start >= field.min && end <= field.max && start <= end;
}

function numberOf(text: string, field: (typeof FIELDS)[number]): number {
  const name = (field.names as readonly string[]).indexOf(text.toUpperCase());
  if (name >= 0) {
    return name + (field.name === 'month' ? 1 : 0);
  }
  return /^[0-9]+$/.test(text) ? Number(text) : NaN;
}
