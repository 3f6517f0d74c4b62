import { slipwayTranslationRef } from '@slipway/plugin-slipway';
import german from './de';

/** The reference keeps what it was made with, by flat keys, for those who translate. */
const english = (
  slipwayTranslationRef as unknown as {
    getDefaultMessages(): Record<string, string>;
  }
).getDefaultMessages();

const placeholders = (text: string) =>
  (text.match(/\{\{\w+\}\}/g) ?? []).sort();

describe('the German translation', () => {
  it('has every message of Slipway, and no other', () => {
    expect(Object.keys(english).length).toBeGreaterThan(500);
    expect(Object.keys(german.messages).sort()).toEqual(
      Object.keys(english).sort(),
    );
  });

  it('leaves out no name, number or age that a message is about', () => {
    const wrong = Object.entries(german.messages).filter(
      ([key, text]) =>
        placeholders(String(text)).join() !== placeholders(english[key]).join(),
    );
    expect(wrong).toEqual([]);
  });

  it('has no message that is empty', () => {
    expect(
      Object.values(german.messages).filter(text => !String(text).trim()),
    ).toEqual([]);
  });
});
