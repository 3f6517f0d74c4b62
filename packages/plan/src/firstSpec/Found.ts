import {
  isAlias,
  isCollection,
  isPair,
  LineCounter,
  type Node,
  parseAllDocuments,
  type Document,
} from 'yaml';

type Step = string | number;

/** One document of a YAML file. */
interface Source {
  file: string;
  document: Document.Parsed;
  lines: LineCounter;
}

/** A value in a file, which knows where it stands. Whatever the file holds, asking it never throws. */
export class Found {
  private constructor(
    private readonly source: Source,
    private readonly path: Step[],
    readonly value: unknown,
  ) {}

  /** All documents of a file, or why it can't be read. */
  static read(
    file: string,
    text: string,
  ): Found[] | { problem: string; line: number } {
    const lines = new LineCounter();
    const unreadable = (problem: string, offset = 0) => ({
      problem,
      line: Math.max(1, lines.linePos(Math.min(offset, text.length)).line),
    });
    try {
      const documents = parseAllDocuments(text, {
        lineCounter: lines,
        prettyErrors: false,
        uniqueKeys: false,
        // Merge keys are how compose files share what services have in common.
        merge: true,
      });
      if (!Array.isArray(documents)) return [];
      const found: Found[] = [];
      for (const document of documents) {
        const [error] = document.errors;
        if (error) return unreadable('it is not valid YAML', error.pos[0]);
        found.push(
          new Found(
            { file, document, lines },
            [],
            document.toJS({ maxAliasCount: 100 }),
          ),
        );
      }
      return found;
    } catch {
      return unreadable('it is nested or repeated too deeply to be read');
    }
  }

  get file(): string {
    return this.source.file;
  }

  /** Of the value, or of the nearest around it that is written down. */
  get line(): number {
    const { document, lines } = this.source;
    let node: unknown = document.contents;
    let offset = (node as Node | null)?.range?.[0] ?? 0;
    for (const step of this.path) {
      if (isAlias(node)) node = node.resolve(document);
      if (!isCollection(node)) break;
      const item: unknown =
        typeof step === 'number'
          ? node.items[step]
          : node.items.find(
              one =>
                isPair(one) &&
                String((one.key as { value?: unknown } | null)?.value) === step,
            );
      if (item === undefined || item === null) break;
      const key = isPair(item) ? (item.key as Node | null) : (item as Node);
      offset = key?.range?.[0] ?? offset;
      node = isPair(item) ? item.value : item;
    }
    return Math.max(1, lines.linePos(offset).line);
  }

  get exists(): boolean {
    return this.value !== undefined && this.value !== null;
  }

  /** What stands at the keys below it. */
  at(...keys: Step[]): Found {
    let { value } = this;
    for (const key of keys) {
      value =
        typeof value === 'object' && value !== null && Object.hasOwn(value, key)
          ? (value as Record<Step, unknown>)[key]
          : undefined;
    }
    return new Found(this.source, [...this.path, ...keys], value);
  }

  /** Its items; none when it is no list. */
  list(): Found[] {
    return Array.isArray(this.value)
      ? this.value.map((_, index) => this.at(index))
      : [];
  }

  /** Its fields; none when it is no map. */
  fields(): Array<[string, Found]> {
    return typeof this.value === 'object' &&
      this.value !== null &&
      !Array.isArray(this.value)
      ? Object.keys(this.value).map(key => [key, this.at(key)])
      : [];
  }

  /** Text, or a number or a boolean as it would be written. */
  text(): string | undefined {
    return ['string', 'number', 'boolean'].includes(typeof this.value)
      ? String(this.value)
      : undefined;
  }

  whole(): number | undefined {
    const number = Number(this.text());
    return this.text() !== '' && Number.isSafeInteger(number)
      ? number
      : undefined;
  }

  /** A list of texts; undefined when it is anything else. */
  texts(): string[] | undefined {
    const all = this.list().map(item => item.text());
    return Array.isArray(this.value) && all.every(item => item !== undefined)
      ? (all as string[])
      : undefined;
  }
}
