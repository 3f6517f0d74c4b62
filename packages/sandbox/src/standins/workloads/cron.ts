const ALIASES: Record<string, string> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};

const RANGES: [number, number][] = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 7],
];
const NAMES: Record<number, string[]> = {
  3: [
    '',
    'jan',
    'feb',
    'mar',
    'apr',
    'may',
    'jun',
    'jul',
    'aug',
    'sep',
    'oct',
    'nov',
    'dec',
  ],
  4: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'],
};

function fieldValues(text: string, position: number): Set<number> {
  const [low, high] = RANGES[position];
  const value = (word: string) => {
    const named = NAMES[position]?.indexOf(word.toLowerCase()) ?? -1;
    return named >= 0 ? named : Number(word);
  };
  const result = new Set<number>();
  for (const part of text.split(',')) {
    const [range, step = '1'] = part.split('/');
    const [from, to] =
      range === '*' || range === '?'
        ? [low, high]
        : range.split('-').map(value);
    const end = to ?? (part.includes('/') ? high : from);
    for (let one = from; one <= end; one += Number(step))
      result.add(position === 4 ? one % 7 : one);
  }
  return result;
}

/** The last time in (after, until] that a cron schedule names, in UTC; looks back a day at most. */
export function lastScheduled(
  schedule: string,
  after: Date,
  until: Date,
): Date | undefined {
  const fields = (ALIASES[schedule.trim()] ?? schedule).trim().split(/\s+/);
  if (fields.length !== 5) return undefined;
  const [minutes, hours, days, months, weekdays] = fields.map(fieldValues);
  const minute = new Date(until);
  minute.setUTCSeconds(0, 0);
  for (let count = 0; count < 24 * 60 && minute > after; count += 1) {
    const day = days.has(minute.getUTCDate());
    const weekday = weekdays.has(minute.getUTCDay());
    // When both are limited either may name the day: cron's oldest surprise.
    const both =
      fields[2] !== '*' && fields[4] !== '*' ? day || weekday : day && weekday;
    if (
      minutes.has(minute.getUTCMinutes()) &&
      hours.has(minute.getUTCHours()) &&
      months.has(minute.getUTCMonth() + 1) &&
      both
    ) {
      return minute;
    }
    minute.setUTCMinutes(minute.getUTCMinutes() - 1);
  }
  return undefined;
}
