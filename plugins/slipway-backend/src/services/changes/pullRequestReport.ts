import type { ApiPlan } from '@slipway/plugin-slipway-common';
import { formatMoney } from '@slipway/plugin-slipway-common';
import type { PullRequestReport } from '../../ports/PullRequests';
import { denialsOf } from './shapes';

/** The check that a repository may require before a merge. */
export const PLAN_CHECK = 'slipway/plan';

/** Hosts cut a status off behind this many characters. */
const MAX_STATUS = 140;
/** More fields than this of one environment are for the portal's page to show. */
const MAX_FIELDS = 60;
/** GitHub takes 65,536 characters, and nobody reads as many. */
const MAX_COMMENT = 30_000;
const MAX_VALUE = 120;

const SIGNS = { create: '+', update: '~', delete: '-', keep: ' ' } as const;

/** What Slipway says of a change at its host: the plan in short, and whether it may be merged. */
export function pullRequestReport(options: {
  plan: ApiPlan;
  conflicts: string[];
  /** Who has yet to agree before it may be merged, as a sentence. */
  missing?: string;
  /** The change's page in the portal. */
  link?: string;
}): PullRequestReport {
  const { plan, conflicts, missing, link } = options;
  const errors = plan.problems.filter(({ severity }) => severity === 'error');
  const denials = denialsOf(plan);
  const [reason] = [
    ...(conflicts.length > 0 ? [`Conflicts in ${conflicts.join(', ')}`] : []),
    ...errors.map(({ message }) => message),
    ...denials,
  ];
  const body = [
    `### Slipway: ${text(plan.headline)}`,
    ...(conflicts.length > 0
      ? [`It conflicts with the base in ${conflicts.map(code).join(', ')}.`]
      : []),
    ...list('What is wrong', errors.map(problemLine)),
    ...list('Policy denies it', denials.map(text)),
    ...(missing ? [`**It can’t be merged yet.** ${text(missing)}`] : []),
    ...table(plan),
    ...plan.environments.flatMap(differences),
    ...(link ? [`[Look at it in the portal](${link})`] : []),
  ].join('\n\n');
  return {
    comment:
      body.length > MAX_COMMENT
        ? `${body.slice(0, body.lastIndexOf('\n', MAX_COMMENT))}\n\`\`\`\n\n… the rest is in the portal.`
        : body,
    check: {
      name: PLAN_CHECK,
      state: stateOf(reason, missing),
      description: (reason ?? missing ?? plan.headline).slice(0, MAX_STATUS),
      ...(link && { url: link }),
    },
  };
}

function stateOf(reason?: string, missing?: string) {
  if (reason) return 'failure';
  // A host that requires the check merges nothing while it is pending.
  return missing ? 'pending' : 'success';
}

function list(title: string, lines: string[]): string[] {
  return lines.length > 0
    ? [`**${title}**\n\n${lines.map(line => `- ${line}`).join('\n')}`]
    : [];
}

function problemLine(problem: ApiPlan['problems'][number]): string {
  const { file, line, message, allowed, hint } = problem;
  const where = file ? `${code(line ? `${file}:${line}` : file)}: ` : '';
  const more = [allowed && `Allowed: ${allowed}`, hint].filter(
    it => it !== undefined,
  );
  return `${where}${text([message, ...more].join(' '))}`;
}

function table({ environments }: ApiPlan): string[] {
  if (environments.length === 0) return [];
  const rows = environments.map(environment => {
    const count = (verb: string) =>
      environment.objects.filter(object => object.verb === verb).length;
    const { cost, quota, approval } = environment;
    const tight = quota.filter(({ fits }) => !fits);
    return [
      `${environment.organization}/${environment.service} **${environment.environment}**`,
      `+${count('create')} ~${count('update')} −${count('delete')}`,
      tight.length === 0
        ? 'fits'
        : `too much ${tight.map(({ resource }) => text(resource)).join(', ')}`,
      `${formatMoney(cost)} a month`,
      approval.required ? `${approval.count} wanted` : 'none',
    ];
  });
  return [
    [
      ['Environment', 'Objects', 'Quota', 'Cost', 'Approval'],
      ['---', '---', '---', '---', '---'],
      ...rows,
    ]
      .map(cells => `| ${cells.join(' | ')} |`)
      .join('\n'),
  ];
}

/** What is rendered otherwise, folded: the page of a pull request is about the spec first. */
function differences(environment: ApiPlan['environments'][number]): string[] {
  const changed = environment.objects.filter(({ verb }) => verb !== 'keep');
  if (changed.length === 0) return [];
  const lines: string[] = [];
  let left = MAX_FIELDS;
  for (const { kind, name, verb, fields, holdsData } of changed) {
    const warning = verb === 'delete' && holdsData ? ' (holds data)' : '';
    lines.push(`${SIGNS[verb]} ${kind} ${name}${warning}`);
    for (const { pointer, before, after } of verb === 'update' ? fields : []) {
      left -= 1;
      if (left === 0) lines.push('  …');
      if (left <= 0) continue;
      lines.push(`-   ${pointer}: ${value(before)}`);
      lines.push(`+   ${pointer}: ${value(after)}`);
    }
  }
  const { organization, service, environment: name } = environment;
  return [
    `<details><summary>What changes in ${organization}/${service} ${name}</summary>\n\n` +
      `\`\`\`diff\n${lines.map(fenced).join('\n')}\n\`\`\`\n\n</details>`,
  ];
}

function value(it: unknown): string {
  const json = it === undefined ? '(nothing)' : JSON.stringify(it);
  return json.length > MAX_VALUE ? `${json.slice(0, MAX_VALUE)}…` : json;
}

/** Nothing that a spec holds may end the block that it is shown in. */
function fenced(line: string): string {
  return line.replace(/`{3,}/g, "'''").replace(/[\r\n]+/g, ' ');
}

/** As words: what looks like Markdown, HTML or somebody's name is none. */
function text(words: string): string {
  return words
    .replace(/[\r\n]+/g, ' ')
    .replace(/[\\`*_{}[\]<>|#]/g, '\\$&')
    .replace(/@/g, '@\u200b');
}

function code(words: string): string {
  return `\`${words.replace(/[`\r\n|]/g, ' ')}\``;
}
