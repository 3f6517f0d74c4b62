import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';

/** What the walk through the code has found. */
export interface ReasonsInCode {
  /** Each reason that some code sets, with the places. */
  set: Map<string, string[]>;
  /** Places whose value can't be told from the code, as `file: expression`. */
  untold: string[];
}

const PLUGINS = resolve(__dirname, '../../../../');

/** A reason is one word in upper camel case; a sentence, or a reason of Kubernetes' HTTP errors, is none of ours. */
const REASON = /^[A-Z][A-Za-z]+$/;

/** The backend and its modules. */
export function roots(): string[] {
  return readdirSync(PLUGINS)
    .filter(name => /^slipway-backend(-module-.+)?$/.test(name))
    .map(name => join(PLUGINS, name, 'src'))
    .filter(folder => existsSync(folder));
}

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

/** Parses files once, and finds what a name stands for, also when it is imported. */
class Code {
  private readonly files = new Map<string, ts.SourceFile>();

  file(path: string): ts.SourceFile {
    let file = this.files.get(path);
    if (!file) {
      file = ts.createSourceFile(
        path,
        readFileSync(path, 'utf8'),
        ts.ScriptTarget.Latest,
        true,
      );
      this.files.set(path, file);
    }
    return file;
  }

  /** The declaration that a name refers to: the nearest one around it, or one of the file it is imported from. */
  declaration(name: string, from: ts.Node): ts.Node | undefined {
    for (let scope: ts.Node = from; scope; scope = scope.parent) {
      const found = declaredIn(scope, name);
      if (found) return found;
    }
    return this.imported(name, from.getSourceFile());
  }

  private imported(name: string, file: ts.SourceFile): ts.Node | undefined {
    for (const statement of file.statements) {
      if (!ts.isImportDeclaration(statement)) continue;
      const bindings = statement.importClause?.namedBindings;
      if (!bindings || !ts.isNamedImports(bindings)) continue;
      const element = bindings.elements.find(e => e.name.text === name);
      const { text } = statement.moduleSpecifier as ts.StringLiteral;
      if (!element || !text.startsWith('.')) continue;
      const base = resolve(dirname(file.fileName), text);
      const path = [`${base}.ts`, join(base, 'index.ts')].find(existsSync);
      if (!path) return undefined;
      const target = this.file(path);
      return declaredIn(target, (element.propertyName ?? element.name).text);
    }
    return undefined;
  }
}

/** Variables, parameters and functions that a scope declares itself. */
function declaredIn(scope: ts.Node, name: string): ts.Node | undefined {
  let found: ts.Node | undefined;
  const named = (node: ts.BindingName, at: ts.Node): void => {
    if (ts.isIdentifier(node)) {
      if (node.text === name) found ??= at;
      return;
    }
    for (const element of node.elements)
      if (ts.isBindingElement(element)) named(element.name, element);
  };
  const statements = (list: readonly ts.Statement[]) => {
    for (const statement of list) {
      if (ts.isVariableStatement(statement))
        for (const declaration of statement.declarationList.declarations)
          named(declaration.name, declaration);
      if (ts.isFunctionDeclaration(statement) && statement.name?.text === name)
        found ??= statement;
    }
  };
  if (ts.isSourceFile(scope) || ts.isBlock(scope)) statements(scope.statements);
  if (ts.isCaseOrDefaultClause(scope)) statements(scope.statements);
  if (
    ts.isForOfStatement(scope) &&
    ts.isVariableDeclarationList(scope.initializer)
  )
    for (const declaration of scope.initializer.declarations)
      named(declaration.name, declaration);
  if (ts.isFunctionLike(scope))
    for (const parameter of scope.parameters) named(parameter.name, parameter);
  return found;
}

const UNTOLD = Symbol('untold');
type Value = string | typeof UNTOLD;

/** The strings that an expression can be. What is handed on from another `reason` was counted where it was set. */
function valuesOf(code: Code, node: ts.Node | undefined, depth = 0): Value[] {
  if (!node || depth > 12) return [UNTOLD];
  const inner = (next: ts.Node | undefined) => valuesOf(code, next, depth + 1);
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (
    ts.isParenthesizedExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isSatisfiesExpression(node) ||
    ts.isNonNullExpression(node) ||
    ts.isAwaitExpression(node)
  )
    return inner(node.expression);
  if (ts.isConditionalExpression(node))
    return [...inner(node.whenTrue), ...inner(node.whenFalse)];
  if (ts.isBinaryExpression(node))
    return [...inner(node.left), ...inner(node.right)];
  // A sentence with figures in it, never a reason.
  if (ts.isTemplateExpression(node)) return [];
  if (node.kind === ts.SyntaxKind.UndefinedKeyword) return [];
  if (ts.isIdentifier(node)) {
    if (node.text === 'undefined') return [];
    const declaration = code.declaration(node.text, node);
    return declaration === node ? [UNTOLD] : inner(declaration);
  }
  if (ts.isVariableDeclaration(node)) return inner(node.initializer);
  if (ts.isParameter(node)) return typed(node.type);
  if (ts.isBindingElement(node)) {
    const property = (node.propertyName ?? node.name) as ts.Identifier;
    return property.text === 'reason' ? [] : [UNTOLD];
  }
  if (ts.isPropertyAccessExpression(node))
    return node.name.text === 'reason'
      ? []
      : entries(code, node.expression, node.name.text, depth);
  if (ts.isElementAccessExpression(node))
    return entries(code, node.expression, undefined, depth);
  if (ts.isArrayLiteralExpression(node)) return node.elements.flatMap(inner);
  if (ts.isCallExpression(node)) return called(code, node, depth);
  if (ts.isFunctionLike(node) && 'body' in node && node.body)
    return returned(code, node.body as ts.Node, depth);
  return [UNTOLD];
}

/** Where the compiler holds a value to the keys of the table, there is nothing left to find. */
function typed(type: ts.TypeNode | undefined): Value[] {
  const text = type?.getText() ?? '';
  return /^(Detail)?ReasonKey( \| undefined)?$/.test(text) ? [] : [UNTOLD];
}

/** Values of a map, of one entry or of all. */
function entries(
  code: Code,
  map: ts.Expression,
  key: string | undefined,
  depth: number,
): Value[] {
  let target: ts.Node | undefined = map;
  for (
    let i = 0;
    i < 6 && target && !ts.isObjectLiteralExpression(target);
    i++
  ) {
    if (ts.isIdentifier(target)) target = code.declaration(target.text, target);
    else if (ts.isVariableDeclaration(target)) target = target.initializer;
    else if (ts.isAsExpression(target) || ts.isSatisfiesExpression(target))
      target = target.expression;
    else return [UNTOLD];
  }
  if (!target || !ts.isObjectLiteralExpression(target)) return [UNTOLD];
  return target.properties.flatMap(property => {
    if (!ts.isPropertyAssignment(property)) return [UNTOLD];
    if (key !== undefined && property.name.getText() !== key) return [];
    return valuesOf(code, property.initializer, depth + 1);
  });
}

/** What a function of ours returns; of `LIST.find(…)` the items of the list. */
function called(code: Code, call: ts.CallExpression, depth: number): Value[] {
  const { expression } = call;
  if (ts.isIdentifier(expression)) {
    const target = code.declaration(expression.text, call);
    if (target && ts.isFunctionLike(target) && target.type) {
      const held = typed(target.type);
      if (held.length === 0) return returned(code, target, depth, true);
    }
    return valuesOf(code, target, depth + 1);
  }
  if (
    ts.isPropertyAccessExpression(expression) &&
    expression.name.text === 'find'
  )
    return valuesOf(code, expression.expression, depth + 1);
  return [UNTOLD];
}

function returned(
  code: Code,
  body: ts.Node,
  depth: number,
  held = false,
): Value[] {
  if (ts.isExpression(body)) return valuesOf(code, body, depth + 1);
  const values: Value[] = [];
  const visit = (node: ts.Node): void => {
    if (node !== body && ts.isFunctionLike(node)) return;
    if (ts.isReturnStatement(node) && node.expression)
      values.push(...valuesOf(code, node.expression, depth + 1));
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(body, visit);
  return held ? values.filter(value => value !== UNTOLD) : values;
}

/** An answer whether something is allowed has a reason as well, and that one is a sentence. */
function saysWhetherAllowed(object: ts.Node): boolean {
  return (
    ts.isObjectLiteralExpression(object) &&
    object.properties.some(
      property =>
        property.name && /^(allowed|possible)$/.test(property.name.getText()),
    )
  );
}

/** Walks through the code and collects every value that a property `reason` can take. */
export function reasonsInCode(folders: string[] = roots()): ReasonsInCode {
  const code = new Code();
  const set = new Map<string, string[]>();
  const untold = new Set<string>();
  for (const path of folders.flatMap(sources)) {
    const file = code.file(path);
    const place = relative(PLUGINS, path);
    const visit = (node: ts.Node): void => {
      const is =
        (ts.isPropertyAssignment(node) ||
          ts.isShorthandPropertyAssignment(node)) &&
        node.name.getText() === 'reason' &&
        !saysWhetherAllowed(node.parent);
      if (is) {
        const value = ts.isPropertyAssignment(node)
          ? node.initializer
          : node.name;
        const { line } = file.getLineAndCharacterOfPosition(node.getStart());
        for (const reason of valuesOf(code, value)) {
          if (reason === UNTOLD) untold.add(`${place}: ${value.getText()}`);
          else if (REASON.test(reason))
            set.set(reason, [
              ...(set.get(reason) ?? []),
              `${place}:${line + 1}`,
            ]);
        }
      }
      ts.forEachChild(node, visit);
    };
    visit(file);
  }
  return { set, untold: [...untold].sort() };
}
