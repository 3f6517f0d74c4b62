import ts from 'typescript';

/** Attributes that people read or hear; a placeholder shows what one could type, which is code. */
const SPOKEN =
  /^(title|label|alt|helperText|help|text|what|description|heading|aria-label|aria-description|aria-valuetext|subheader|primary|secondary|noun|none)$/;

/** Two letters in a row are a word; signs, units and separators are the same in every language. */
const WORD = /\p{L}{2}/u;

/** Words that are names in every language. */
const NAMES = /^(Slipway|Git|Argo CD|YAML|slipway\.dev\/\S*|https?:\/\/\S*)$/;

/** A string in the source that people see and no translation can change. */
export interface Literal {
  line: number;
  text: string;
}

/** The strings between tags, in spoken attributes, and chosen by a condition in either place. */
export function literalsIn(source: string, file = 'x.tsx'): Literal[] {
  const tree = ts.createSourceFile(
    file,
    source,
    ts.ScriptTarget.Latest,
    true,
    ts.ScriptKind.TSX,
  );
  const found: Literal[] = [];
  const report = (node: ts.Node, text: string) => {
    const words = text.replace(/&\w+;/g, ' ').trim();
    if (WORD.test(words) && !NAMES.test(words))
      found.push({
        line: tree.getLineAndCharacterOfPosition(node.getStart()).line + 1,
        text: words.replace(/\s+/g, ' '),
      });
  };
  /** What an expression shows when it is put between tags or into a spoken attribute. */
  const shown = (node: ts.Expression | undefined): void => {
    if (!node) return;
    if (ts.isStringLiteralLike(node)) report(node, node.text);
    else if (ts.isTemplateExpression(node))
      report(
        node,
        [node.head.text, ...node.templateSpans.map(s => s.literal.text)].join(
          ' … ',
        ),
      );
    else if (ts.isConditionalExpression(node)) {
      shown(node.whenTrue);
      shown(node.whenFalse);
    } else if (ts.isParenthesizedExpression(node)) shown(node.expression);
    else if (
      ts.isBinaryExpression(node) &&
      /^(\?\?|\|\||&&|\+)$/.test(node.operatorToken.getText())
    ) {
      if (node.operatorToken.getText() !== '&&') shown(node.left);
      shown(node.right);
    }
  };
  const walk = (node: ts.Node): void => {
    if (ts.isJsxText(node)) report(node, node.text);
    else if (
      ts.isJsxExpression(node) &&
      (ts.isJsxElement(node.parent) || ts.isJsxFragment(node.parent))
    )
      shown(node.expression);
    else if (ts.isJsxAttribute(node) && SPOKEN.test(node.name.getText())) {
      if (node.initializer && ts.isStringLiteral(node.initializer))
        report(node, node.initializer.text);
      else if (node.initializer && ts.isJsxExpression(node.initializer))
        shown(node.initializer.expression);
    }
    ts.forEachChild(node, walk);
  };
  walk(tree);
  return found;
}
