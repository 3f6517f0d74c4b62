import { parseLog } from './parseLog';

describe('parseLog', () => {
  it('puts times apart, and takes colours and carriage returns away', () => {
    expect(
      parseLog(
        '2026-11-21T10:00:00.123456789Z \u001b[31mFAIL\u001b[0m x\r\nno time\n',
        10,
      ),
    ).toEqual({
      lines: [
        { at: '2026-11-21T10:00:00.123Z', text: 'FAIL x' },
        { text: 'no time' },
      ],
      truncated: false,
    });
  });

  it('keeps the end, and says that there is more', () => {
    expect(parseLog('a\nb\nc', 2)).toEqual({
      lines: [{ text: 'b' }, { text: 'c' }],
      truncated: true,
    });
    expect(parseLog('a', 2, true).truncated).toBe(true);
    expect(parseLog('', 2)).toEqual({ lines: [], truncated: false });
  });

  it('cuts a line that is data, and keeps a time that is none', () => {
    const [line] = parseLog('x'.repeat(10_000), 1).lines;
    expect(line.text).toHaveLength(4_096);
    expect(parseLog('2026-99-99T10:00:00Z odd', 1).lines).toEqual([
      { text: 'odd' },
    ]);
  });
});
