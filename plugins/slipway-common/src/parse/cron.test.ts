import { cronError } from './cron';

describe('cron schedules', () => {
  it.each([
    '0 3 * * *',
    '*/5 * * * *',
    '0 0 1 1 *',
    '0 9-17/2 * * MON-FRI',
    '0 0 * jan,JUL sun',
    '@daily',
    '@hourly',
    '0,30 * ? * ?',
    ' 0 0 * * * ',
  ])('takes %j', schedule => {
    expect(cronError(schedule)).toBeUndefined();
  });

  it.each([
    ['* * * *', 'it has 4 fields instead of 5'],
    ['0 0 3 * * *', 'it has 6 fields instead of 5'],
    ['60 * * * *', 'the minute is not 0 to 59'],
    ['* 24 * * *', 'the hour is not 0 to 23'],
    ['* * 0 * *', 'the day of month is not 1 to 31'],
    ['* * * 13 *', 'the month is not 1 to 12'],
    ['* * * * 7', 'the day of week is not 0 to 6'],
    ['5-1 * * * *', 'the minute is not 0 to 59'],
    ['*/0 * * * *', 'the minute is not 0 to 59'],
    ['@reboot', 'it has 1 fields instead of 5'],
    ['TZ=UTC 0 0 * * *', 'a time zone is not allowed in the schedule'],
    ['', 'it has 1 fields instead of 5'],
  ])('refuses %j', (schedule, error) => {
    expect(cronError(schedule)).toBe(error);
  });
});
