import {
  looksLikeSecret,
  NAME_MAX_LENGTH,
} from '@slipway/plugin-slipway-common';
import type { Found } from './Found';
import type { NotTaken } from './types';

const compare = (one: string, other: string): number =>
  Number(one > other) - Number(one < other);

/** Keeps what couldn't be taken over, and names that are unique. */
export class Ledger {
  readonly #entries: NotTaken[] = [];
  readonly #names = new Set<string>();
  readonly #read = new Set<string>();

  /** Notes what the spec does not say. */
  leave(at: Pick<Found, 'file' | 'line'>, what: string, why: string): void {
    this.#entries.push({
      file: at.file,
      line: at.line,
      what: withoutSecrets(what),
      why: withoutSecrets(why),
    });
  }

  took(at: Found): void {
    this.#read.add(at.file);
  }

  get read(): string[] {
    return [...this.#read].sort();
  }

  get entries(): NotTaken[] {
    const order = (one: NotTaken, other: NotTaken) =>
      compare(one.file, other.file) ||
      one.line - other.line ||
      compare(one.what, other.what);
    const seen = new Set<string>();
    return [...this.#entries].sort(order).filter(entry => {
      const key = JSON.stringify(entry);
      return !seen.has(key) && seen.add(key);
    });
  }

  /** A name that the kind allows and nothing has yet. */
  name(wanted: string): string {
    const plain = plainName(looksLikeSecret(wanted) ? '' : wanted);
    let name = plain;
    for (let i = 2; this.#names.has(name); i += 1) {
      const tail = `-${i}`;
      name = `${plain.slice(0, NAME_MAX_LENGTH - tail.length).replace(/-+$/, '')}${tail}`;
    }
    this.#names.add(name);
    return name;
  }
}

/** Lower-case letters and digits, joined by single hyphens, starting with a letter. */
export function plainName(text: string, max: number = NAME_MAX_LENGTH): string {
  const plain = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, max)
    .replace(/-+$/, '');
  return plain || 'app';
}

/** Somebody may have named something by a token. */
function withoutSecrets(text: string): string {
  return text
    .split(' ')
    .map(word => (looksLikeSecret(word) ? '(not shown)' : word))
    .join(' ');
}
