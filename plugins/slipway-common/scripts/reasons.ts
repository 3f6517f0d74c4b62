import {
  DETAIL_REASONS,
  type Reason,
  REASONS,
  type ReasonWho,
} from '../src/conditions';

const INTRODUCTION = `# Reasons

<!-- Generated from the table of reasons in plugins/slipway-common. Change it there. -->

Why an environment stands where it stands. A condition carries one of these reasons; page, notification, action and
\`kubectl\` say the same about it, with the figures and names of the case in the condition's message.

State is how the station of the road shows: *done*, *here* (working), *waiting* (for somebody or something), *stopped*
(until somebody changes something), *ahead*, or *unknown* (a source can't be asked).`;

const WHO: Record<ReasonWho, string> = {
  nobody: '–',
  requester: 'who asked',
  owner: 'owner',
  approver: 'approver',
  platform: 'platform team',
  ci: 'CI',
};

const HEAD = ['Reason', 'State', 'What is', 'Why', 'What next', 'Who'];

const cell = (text: string) => text.replace(/\|/g, '\\|');

function table(rows: Record<string, Reason>): string {
  const lines = Object.entries(rows).map(([name, reason]) => [
    `\`${name}\``,
    reason.state,
    reason.title,
    reason.why,
    reason.next,
    WHO[reason.who],
  ]);
  return [HEAD, HEAD.map(() => '---'), ...lines]
    .map(line => `| ${line.map(cell).join(' | ')} |`)
    .join('\n');
}

/** The page of all reasons. */
export function reasonsPage(): string {
  return [
    INTRODUCTION,
    '## Of conditions',
    table(REASONS),
    '## Behind them',
    'What objects in the cluster and runs of pipelines add where they say more. They explain a condition and are none.',
    table(DETAIL_REASONS),
    '',
  ].join('\n\n');
}
