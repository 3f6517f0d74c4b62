const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * How long, in one or two words: `12 s`, `14 min`, `3 h`, `5 d`.
 *
 * @internal
 */
export function formatAge(milliseconds: number): string {
  const age = Math.max(0, milliseconds);
  if (age < MINUTE) {
    return `${Math.floor(age / SECOND)} s`;
  }
  if (age < HOUR) {
    return `${Math.floor(age / MINUTE)} min`;
  }
  if (age < 2 * DAY) {
    return `${Math.floor(age / HOUR)} h`;
  }
  return `${Math.floor(age / DAY)} d`;
}

/**
 * How long something took, exactly enough to compare: `3 min 12 s`.
 *
 * @internal
 */
export function formatTook(milliseconds: number): string {
  const took = Math.max(0, milliseconds);
  const seconds = Math.floor((took % MINUTE) / SECOND);
  const minutes = Math.floor((took % HOUR) / MINUTE);
  if (took < MINUTE) {
    return `${seconds} s`;
  }
  if (took < HOUR) {
    return seconds ? `${minutes} min ${seconds} s` : `${minutes} min`;
  }
  const hours = Math.floor(took / HOUR);
  return minutes ? `${hours} h ${minutes} min` : `${hours} h`;
}
