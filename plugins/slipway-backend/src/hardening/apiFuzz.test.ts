import Ajv from 'ajv';
import fc, { Arbitrary } from 'fast-check';
import type { Response } from 'supertest';
import { createTestDatabases } from '../database/__testUtils__/databases';
import {
  Person,
  startTestPortal,
  TestPortal,
} from '../__testUtils__/testPortal';
import {
  createTestRepositories,
  TestRepositories,
} from '../__testUtils__/testRepositories';
import { Schema, SchemaArbitraries } from './__testUtils__/arbitraries';
import {
  addressOf,
  COMPONENTS,
  Operation,
  OPERATIONS,
  Parameter,
  resolve,
  smallest,
} from './__testUtils__/operations';
import { openBody, pathOf, SERVICE } from './__testUtils__/requests';

/** Set to repeat a run that failed. */
const SEED = Number(
  process.env.SLIPWAY_FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31),
);
/** About two hundred requests over all operations. */
const RUNS = 8;

/** Answers are held to their schema, references in it resolved in the whole document. */
const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
ajv.addSchema({ $id: 'document', components: { schemas: COMPONENTS } });
const validators = new Map<string, ReturnType<Ajv['compile']>>();
function problemsOf(id: string, schema: Schema, body: unknown): string {
  const validate =
    validators.get(id) ??
    ajv.compile(
      JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"document#/')),
    );
  validators.set(id, validate);
  return validate(body) ? '' : ajv.errorsText(validate.errors);
}

/** What is wrong with an answer. */
function verdictOn(
  { id, responses }: Operation,
  { status, type, text, body }: Response,
): string {
  const told = `${status} ${type} ${text.slice(0, 500)}`;
  if (status < 300) {
    const schema = responses[status]?.content['application/json'].schema;
    if (!schema || type !== 'application/json')
      return `not in the document: ${told}`;
    return problemsOf(id, schema, body) || 'as documented';
  }
  if (status !== 503 && (status < 400 || status > 499))
    return `not foreseen: ${told}`;
  const isProblem =
    type === 'application/problem+json' &&
    body.status === status &&
    body.title &&
    body.detail;
  return isProblem
    ? problemsOf('problem', COMPONENTS.ProblemDetails, body) || 'as documented'
    : `no problem details: ${told}`;
}

describe(`the API, fuzzed from its document (SLIPWAY_FUZZ_SEED=${SEED})`, () => {
  const databases = createTestDatabases();
  let repositories: TestRepositories;
  let portal: TestPortal;
  let change: { id: string; headCommit: string };
  beforeAll(async () => {
    repositories = await createTestRepositories();
    portal = await startTestPortal({
      repositories,
      db: await databases.empty('SQLITE_3'),
    });
    await portal.until(
      async () =>
        (await portal.as('priya').get('/environments')).body.items?.length > 0,
    );
    change = await openChange('fuzzed');
  });

  afterAll(async () => {
    await portal?.stop();
    await repositories?.remove();
  });

  async function openChange(name: string): Promise<typeof change> {
    const opened = await portal
      .as('dana')
      .post(
        '/change-requests',
        openBody(name, SERVICE(name), { title: `Add ${name}` }),
      );
    return opened.body;
  }

  function call(
    person: Person,
    operation: Operation,
    values: Record<string, string | undefined>,
    body: unknown,
  ): Promise<Response> {
    const address = addressOf(operation, values);
    const caller = portal.as(person);
    return operation.method === 'get'
      ? caller.get(address).then(answer => answer)
      : caller.post(address, JSON.stringify(body ?? {})).then(answer => answer);
  }

  describe('asked once as it wants to be asked', () => {
    /** A release that nobody has told of. */
    const RELEASE = '0'.repeat(12);
    /** The document can't say that one of two forms is needed. */
    const DISPATCH = {
      event_type: 'slipway-revision',
      client_payload: {
        service: 'shop/checkout',
        revision: 'c0ffee00'.repeat(5),
      },
    };
    /** Answers that only the operation itself can give: it was reached, and the world was not as it needs it. */
    const REACHED = [404, 409, 422, 503];
    const reached = new Set<string>();
    const succeeded = new Set<string>();

    /** What is there, by the names that the document has for it. */
    async function there(
      operation: Operation,
    ): Promise<Record<string, unknown>> {
      // An act may use its change up: each gets one of its own.
      const own = operation.path.startsWith('/change-requests/{id}')
        ? await openChange(operation.id.toLowerCase())
        : change;
      const { body: environment } = await portal
        .as('priya')
        .get('/environments/shop/checkout/staging');
      const ids = [
        ['/operations/sources', 'platform'],
        ['/services/{organization}/{service}/releases', RELEASE],
        ['/', own.id],
      ];
      return {
        organization: 'shop',
        service: 'checkout',
        environment: 'staging',
        to: RELEASE,
        revision: 'c0ffee00'.repeat(5),
        id: ids.find(([start]) => operation.path.startsWith(start))?.[1],
        headCommit: own.headCommit,
        commit: own.headCommit,
        digest: environment.approvalDigest ?? 'none',
        subject: 'service/shop/asked',
        path: pathOf('checkout'),
        content: SERVICE('checkout'),
        files: [{ path: pathOf('asked'), content: SERVICE('asked') }],
        edits: [
          { op: 'set', path: ['spec', 'lifecycle'], value: 'production' },
        ],
        keys: ['environment:shop/checkout/staging'],
        kind: 'Deployment',
        apiVersion: 'apps/v1',
        name: 'web',
        namespace: 'shop--checkout--staging',
        owner: 'shop',
      };
    }

    it.each(OPERATIONS.map(operation => [operation.id, operation] as const))(
      '%s is reached, and answers what the document says',
      async (_, operation) => {
        const known = await there(operation);
        const values = Object.fromEntries(
          operation.parameters
            .filter(
              ({ in: where, required, name }) =>
                where === 'path' || required || name === 'organization',
            )
            .map(({ name, schema }) => [
              name,
              String(smallest(schema, known, name)),
            ]),
        );
        const body =
          operation.id === 'dispatch'
            ? DISPATCH
            : operation.body && smallest(operation.body, known);
        const answer = await call('priya', operation, values, body);
        expect(verdictOn(operation, answer)).toBe('as documented');
        if (answer.status < 300) succeeded.add(operation.id);
        // Whoever delivers to a webhook shows who it is by a signature, which is looked at inside.
        const inside = operation.id === 'receiveWebhook' ? [401] : [];
        if (
          answer.status < 300 ||
          [...REACHED, ...inside].includes(answer.status)
        )
          reached.add(operation.id);
        else
          throw new Error(
            `Refused at the door: ${answer.status} ${answer.text}`,
          );
      },
    );

    it('does what it is asked for, for the most part', () => {
      expect(reached.size).toBe(OPERATIONS.length);
      expect(succeeded.size).toBeGreaterThan(OPERATIONS.length / 2);
    });
  });

  /** Values that lead past the first check. */
  const known = (): Record<string, Arbitrary<unknown>> => {
    const file = fc.constantFrom(
      { path: pathOf('checkout'), content: SERVICE('checkout') },
      {
        path: pathOf('fuzzed'),
        content: SERVICE('fuzzed').replace('50m', '60m'),
      },
      { path: pathOf('catalogue') },
      { path: 'classes/preview.yaml', content: 'kind: EnvironmentClass\n' },
      { path: 'organizations/shop/organization.yaml' },
    );
    return {
      path: file.map(it => it.path),
      content: file.map(it => it.content ?? '\u0000'),
      organization: fc.constantFrom('shop', 'other', 'constructor'),
      service: fc.constantFrom('checkout', 'catalogue', 'fuzzed'),
      environment: fc.constantFrom('staging', 'production'),
      id: fc.constantFrom(change.id, 'platform', '1'),
      subject: fc.constantFrom('service/shop/fuzzed', 'service/shop/other'),
      repository: fc.constantFrom('shop/fuzzed', 'shop/other'),
      branch: fc.constantFrom('main', 'release/1'),
      headCommit: fc.constantFrom(change.headCommit, 'f'.repeat(40)),
      commit: fc.constantFrom(change.headCommit, 'f'.repeat(40)),
      keys: fc.constantFrom(
        'environment:shop/checkout/staging',
        'source:platform',
        'nobody',
      ),
    };
  };

  const requestsOf = (operation: Operation) => {
    const make = new SchemaArbitraries(resolve, known());
    const parameter = ({ name, schema }: Parameter) =>
      fc
        .oneof(
          { weight: 4, arbitrary: make.of(schema, name) },
          {
            weight: 1,
            arbitrary: fc.constantFrom(
              'a b',
              '%',
              '\0',
              "'",
              '__proto__',
              '-1',
              'x'.repeat(600),
              '\u202e',
            ),
          },
        )
        .map(String)
        // An empty step, or one of dots, is another address; half of a surrogate pair can not be in one.
        .filter(value => !/^\.{0,2}$/.test(value) && !/\p{Cs}/u.test(value));
    return fc.record({
      person: fc.constantFrom(
        'priya' as const,
        'priya' as const,
        'dana' as const,
        'guest' as const,
      ),
      parameters: fc.tuple(...operation.parameters.map(parameter)),
      query: fc.subarray(
        operation.parameters.filter(it => it.in === 'query').map(it => it.name),
      ),
      body: operation.body
        ? fc.oneof(
            { weight: 2, arbitrary: make.of(operation.body) },
            { weight: 1, arbitrary: make.mutated(operation.body) },
          )
        : fc.constant(undefined),
    });
  };

  it.each(OPERATIONS.map(operation => [operation.id, operation] as const))(
    '%s never fails in a way that was not foreseen, and answers what the document says',
    async (_, operation) => {
      await fc.assert(
        fc.asyncProperty(
          requestsOf(operation),
          async ({ person, parameters, query, body }) => {
            const values = Object.fromEntries(
              operation.parameters
                .map(({ name, in: where }, i) => ({ name, where, i }))
                .filter(
                  ({ name, where }) => where === 'path' || query.includes(name),
                )
                .map(({ name, i }) => [name, parameters[i]]),
            );
            const answer = await call(person, operation, values, body);
            expect(verdictOn(operation, answer)).toBe('as documented');
            expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
          },
        ),
        { numRuns: RUNS, seed: SEED, endOnFailure: true },
      );
    },
  );
});
