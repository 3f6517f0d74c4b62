import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import ts from 'typescript';
import { REASONS } from './reasons';

const BACKEND = resolve(__dirname, '../../../slipway-backend/src');

/** Reasons of timeline entries that are no conditions: they say what happened, not how it stands. */
const EVENTS_ONLY: Record<string, string> = {
  HandEditReverted: 'somebody edited a rendered file and it was written back',
};

/** Rows that no code of the backend sets yet, each with why it is there. */
const NOT_SET: Record<string, string> = {
  Drifted: 'drift is shown by the cards as soon as it is computed',
  NotDrifted: 'the other side of Drifted',
};

/** The TypeScript files below a folder that are part of the product. */
function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(
      file =>
        file.endsWith('.ts') &&
        !/\.test\.ts$|\.d\.ts$|\.generated\.ts$|__testUtils__|\/testing\.ts$/.test(
          file,
        ),
    )
    .map(file => join(folder, file));
}

/** Every literal that a property `reason` can take, with the places that set it. */
function reasonsSet(): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const file of sources(BACKEND)) {
    const source = ts.createSourceFile(
      file,
      readFileSync(file, 'utf8'),
      ts.ScriptTarget.Latest,
      true,
    );
    const literals = (node: ts.Expression): string[] => {
      if (ts.isStringLiteralLike(node)) return [node.text];
      if (ts.isConditionalExpression(node))
        return [...literals(node.whenTrue), ...literals(node.whenFalse)];
      if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node))
        return literals(node.expression);
      return [];
    };
    const visit = (node: ts.Node): void => {
      if (
        ts.isPropertyAssignment(node) &&
        ts.isIdentifier(node.name) &&
        node.name.text === 'reason'
      ) {
        const { line } = source.getLineAndCharacterOfPosition(node.getStart());
        for (const reason of literals(node.initializer)) {
          const place = `${relative(BACKEND, file)}:${line + 1}`;
          found.set(reason, [...(found.get(reason) ?? []), place]);
        }
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return found;
}

describe('the table of reasons', () => {
  const set = reasonsSet();
  const rows = Object.keys(REASONS);

  it('has a row for every reason that the backend sets', () => {
    const missing = [...set].filter(
      ([reason]) => !rows.includes(reason) && !(reason in EVENTS_ONLY),
    );
    expect(missing).toEqual([]);
  });

  it('has no row that the backend never sets', () => {
    const unused = rows.filter(row => !set.has(row) && !(row in NOT_SET));
    expect(unused).toEqual([]);
  });

  it('names no exception that is none any more', () => {
    expect(Object.keys(NOT_SET).filter(row => set.has(row))).toEqual([]);
    expect(Object.keys(NOT_SET).filter(row => !rows.includes(row))).toEqual([]);
    expect(
      Object.keys(EVENTS_ONLY).filter(
        reason => !set.has(reason) || rows.includes(reason),
      ),
    ).toEqual([]);
  });

  it.each(rows)('says of %s what is, what comes next and who acts', row => {
    const reason = REASONS[row as keyof typeof REASONS];
    expect(reason.title).toMatch(/^[A-Z][^.]*[^.\s]$/);
    expect(reason.next).toMatch(/^[A-Z].*\.$/);
    const asksForSomebody =
      reason.state === 'stopped' || reason.state === 'waiting';
    expect(reason.who !== 'nobody').toBe(
      asksForSomebody || row === 'SourceUnreadable',
    );
  });
});
