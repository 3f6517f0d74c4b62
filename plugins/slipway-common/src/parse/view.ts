import type { PathSegment } from './problem';

/**
 * A place in a value that may be anything. Checks across fields run on what
 * was read, not on what was validated, so that they can speak up beside the
 * errors of the schema; a view lets them look without caring what is there.
 *
 * @internal
 */
export class View {
  constructor(
    readonly value: unknown,
    readonly path: readonly PathSegment[] = [],
  ) {}

  /** The field of that name, present or not. */
  get(...names: string[]): View {
    return names.reduce<View>(
      (view, name) => new View(fieldOf(view.value, name), [...view.path, name]),
      this,
    );
  }

  /** Whether there is a value that isn't empty (`key:` alone is). */
  get present(): boolean {
    return this.value !== undefined && this.value !== null;
  }

  get text(): string | undefined {
    return typeof this.value === 'string' ? this.value : undefined;
  }

  get number(): number | undefined {
    return typeof this.value === 'number' ? this.value : undefined;
  }

  get boolean(): boolean | undefined {
    return typeof this.value === 'boolean' ? this.value : undefined;
  }

  /** The items of a list; none when it isn't one. */
  get items(): View[] {
    return Array.isArray(this.value)
      ? this.value.map((item, index) => new View(item, [...this.path, index]))
      : [];
  }

  /** The fields of a map; none when it isn't one. */
  get fields(): View[] {
    return isRecord(this.value)
      ? Object.keys(this.value).map(name => this.get(name))
      : [];
  }
}

/** Whether a value is a map, as opposed to a list or a scalar. @internal */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fieldOf(value: unknown, name: string): unknown {
  return isRecord(value) && Object.hasOwn(value, name)
    ? value[name]
    : undefined;
}
