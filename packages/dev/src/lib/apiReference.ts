/** As much of an OpenAPI document as the index needs. */
interface Document {
  info: { version: string };
  paths: Record<string, Record<string, Operation>>;
}

interface Operation {
  operationId: string;
  summary: string;
  'x-slipway-permission': string;
  responses: Record<string, unknown>;
}

const METHODS = ['get', 'put', 'post', 'patch', 'delete'];

const INTRODUCTION = `# REST API

<!-- Made by "npm run generate" from plugins/slipway-backend/src/schema/openapi.yaml. Change it there. -->

The base is \`/api/slipway\` of the backend, the version is part of the path. Callers are users and plugins with Backstage
credentials (\`Authorization: Bearer …\`). The schemas of bodies and answers are in the
[OpenAPI document](../../plugins/slipway-backend/src/schema/openapi.yaml); a typed client, \`createSlipwayClient\`, is in
[\`@slipway/plugin-slipway-common\`](../../plugins/slipway-common/README.md), and so is the table of permissions.

- Lists show what the caller may see; what they may not see is answered like what isn't there (404).
- A permission is asked for the organization whose files or environments are concerned. Changing classes, quotas,
  policies or the limits of an organization needs \`slipway.platform.write\` as well.
- Errors are problem details (RFC 9457): \`title\` is the name of the error, \`problems\` has every problem of a file with
  line, column and path (422).
- 202 means queued: the answer has the key of the work, and asking twice is asking once.
`;

/** What follows the version in a path, up to the next step. */
const groupOf = (path: string) => path.split('/')[2];

const cell = (text: string) =>
  text.replace(/\|/g, '\\|').replace(/\s+/g, ' ').trim();

/** An index of the API as Markdown: one table a resource, one row an operation. */
export function renderApiReference(document: Document): string {
  const groups = new Map<string, string[]>();
  for (const [path, operations] of Object.entries(document.paths)) {
    for (const method of METHODS) {
      const operation = operations[method];
      if (!operation) continue;
      const success =
        Object.keys(operation.responses).find(status =>
          status.startsWith('2'),
        ) ?? '';
      const row = [
        `\`${method.toUpperCase()} ${path}\``,
        cell(operation.summary),
        `\`${operation['x-slipway-permission']}\``,
        success,
        `\`${operation.operationId}\``,
      ];
      const group = groupOf(path);
      groups.set(group, [
        ...(groups.get(group) ?? []),
        `| ${row.join(' | ')} |`,
      ]);
    }
  }
  const sections = [...groups].map(
    ([group, rows]) =>
      `## ${group}\n\n| operation | what it does | permission | answer | id |\n| --- | --- | --- | --- | --- |\n${rows.join('\n')}\n`,
  );
  return `${INTRODUCTION}\n${sections.join('\n')}`;
}
