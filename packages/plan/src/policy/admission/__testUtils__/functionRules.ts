/** One container of whatever runs Pods. */
const POD =
  "(object.kind == 'CronJob' ? object.spec.jobTemplate.spec.template.spec : object.spec.template.spec)";
const ALL = `${POD}.containers`;
const NAME = 'object.metadata.name';

/** What a rule says when it doesn't hold, and what is asked. */
const EXPRESSIONS: Record<string, [string, string]> = {
  size: [`size(${NAME}) > 3 && ${NAME}.size() > 3`, `string(size(${ALL}))`],
  conversions: [
    `int('12') == 12 && bool('true') && dyn(${NAME}) == 'web'`,
    `string(12) + string(true) + string(${NAME})`,
  ],
  cases: [
    `${NAME}.upperAscii().lowerAscii() == ${NAME} && ' a '.trim() == ${NAME}`,
    `${NAME}.upperAscii()`,
  ],
  positions: [
    `${NAME}.indexOf('e') < ${NAME}.lastIndexOf('b')`,
    `string(${NAME}.indexOf('e')) + string(${NAME}.lastIndexOf('b'))`,
  ],
  substring: [`${NAME}.substring(1) == 'eb'`, `${NAME}.substring(0, 2)`],
  split: [
    `${NAME}.split('-').join('+') == ${NAME}`,
    `${NAME}.split('-').join(' and ')`,
  ],
  matches: [
    `${NAME}.matches('^[a-j].*[b-z]$') && !${NAME}.matches('(?:b|\\\\w{4})$')`,
    `'It is ' + ${NAME}`,
  ],
  'starts-and-ends': [
    `${NAME}.startsWith('a') || ${NAME}.endsWith('b') || ${NAME}.contains('u')`,
    `${NAME}`,
  ],
  quantities: [
    `${ALL}.all(c, quantity(c.?resources.?requests.?memory.orValue('0')).isLessThan(quantity('1Gi')))`,
    "'too much'",
  ],
  'quantities-compared': [
    `${ALL}.all(c, quantity(c.?resources.?requests.?cpu.orValue('0')).compareTo(quantity('0.5')) < 0 && !quantity(c.?resources.?limits.?cpu.orValue('0')).isGreaterThan(quantity('1500m')))`,
    "'too fast'",
  ],
  'quantities-or-not': [
    `isQuantity(${NAME}) || isQuantity('1Gi') && ${ALL}.size() > 1`,
    "'none'",
  ],
  'one-of-them': [
    `${ALL}.map(c, c.image).exists_one(i, i.endsWith('v1'))`,
    `${ALL}.map(c, c.image)[0]`,
  ],
  filtered: [
    `${ALL}.filter(c, has(c.ports)).size() == 1`,
    `string(${ALL}.filter(c, has(c.ports)).size())`,
  ],
  'mapped-if': [
    `${ALL}.map(c, has(c.env), c.name).size() == 0`,
    `${ALL}.map(c, has(c.env), c.name).join(', ')`,
  ],
  alternatives: [
    "object.metadata.?annotations[?'nothing'].or(object.metadata.?labels[?'app.kubernetes.io/name']).orValue('') == 'api'",
    "object.metadata.?labels[?'app.kubernetes.io/name'].value()",
  ],
  'in-lists': [`${NAME} in ['api', 'web']`, `${NAME}`],
  'in-maps': [
    "'app.kubernetes.io/name' in object.metadata.labels",
    "'no name'",
  ],
  arithmetic: [
    `(${NAME}.size() * 2 - 1) % 3 == 7 / 4 || -(${ALL}.size()) > 0`,
    `string(${NAME}.size() * 2 - 1)`,
  ],
  'ordered-text': [`${NAME} < 'jz' && ${NAME} >= 'api'`, `${NAME}`],
  'either-in-spite': ['object.spec.nothing == 1 || true', "'no'"],
  'neither-in-spite': ['object.spec.nothing == 1 && false', "'both said no'"],
  'missing-field': ['object.spec.nothing == 1', "'never told'"],
  'missing-above': ['has(object.spec.nothing.more)', "'never told'"],
  'missing-optional': [
    'object.spec.?nothing.?more.orValue(false)',
    "'not there'",
  ],
  'in-every': [`${ALL}.all(c, c.nothing == 1)`, "'never told'"],
  'in-some': [`${ALL}.exists(c, c.nothing == 1)`, "'never told'"],
  'other-types': [`${NAME} > 1`, "'never told'"],
  'no-truth': [NAME, "'never told'"],
  'no-message': ['false', 'object.spec.nothing'],
  'blank-message': ['false', "' '"],
  'message-of-other-type': ['false', 'object.metadata.labels'],
  'condition-fails': ['true', "'never told'"],
  'condition-false': ['false', "'never told'"],
};

const CONDITIONS: Record<string, string> = {
  'condition-fails': 'object.spec.nothing == 1',
  'condition-false': `${NAME} == 'nobody'`,
};

/** Rules that use every function that is exported, and fail in every way that there is. */
export const FUNCTION_RULES = Object.entries(EXPRESSIONS).map(
  ([name, [expression, messageExpression]]) => ({
    name,
    match: {
      kinds: ['Deployment', 'CronJob', 'StatefulSet'],
      ...(CONDITIONS[name] && { condition: CONDITIONS[name] }),
    },
    expression,
    messageExpression,
    action: 'warn' as const,
  }),
);
