import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import type { Entity } from '@backstage/catalog-model';
import type { JsonObject } from '@backstage/types';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import slipwayModule from '../index';
import { FakeSlipway } from './FakeSlipway';

/** The folder of the templates that are shipped. */
export const TEMPLATES = resolve(__dirname, '../../../../templates');

/** A template as the catalog has it. */
export function templateEntity(name: string): Entity {
  const path = resolve(TEMPLATES, name, 'template.yaml');
  const entity = parse(readFileSync(path, 'utf8')) as Entity;
  return {
    ...entity,
    metadata: {
      ...entity.metadata,
      namespace: 'default',
      annotations: { 'backstage.io/managed-by-location': `file:${path}` },
    },
  };
}

/** What a finished task tells. */
export interface FinishedTask {
  status: string;
  log: string;
  output?: {
    links?: Array<{ title: string; url: string }>;
    text?: Array<{ title: string; content: string }>;
  };
}

/** The real scaffolder with this module and the templates, before a Slipway that records what it is asked. */
export async function startScaffolder(templates: string[]) {
  // Jest runs tests in a realm of its own, and the scaffolder's renderer takes arrays of its own realm only.
  const json = jest
    .spyOn(Response.prototype, 'json')
    .mockImplementation(async function parseHere(this: Response) {
      return JSON.parse(await this.text());
    });
  const slipway = await FakeSlipway.start();
  const slipwayPlugin = createBackendPlugin({
    pluginId: 'slipway',
    register(reg) {
      reg.registerInit({
        deps: {
          router: coreServices.httpRouter,
          httpAuth: coreServices.httpAuth,
        },
        async init({ router, httpAuth }) {
          router.use(async (req, res) => {
            await httpAuth.credentials(req, { allow: ['user'] });
            const { status, body } = await slipway.answer(req);
            res.status(status).json(body);
          });
        },
      });
    },
  });
  const backend = await startTestBackend({
    features: [
      scaffolderPlugin,
      slipwayModule,
      slipwayPlugin,
      catalogServiceMock.factory({ entities: templates.map(templateEntity) }),
    ],
  });
  const call = async (path: string, body?: object) => {
    const response = await fetch(
      `http://localhost:${backend.server.port()}/api/scaffolder${path}`,
      {
        method: body ? 'POST' : 'GET',
        headers: {
          authorization: mockCredentials.user.header('user:default/dana'),
          'content-type': 'application/json',
        },
        body: body && JSON.stringify(body),
      },
    );
    const text = await response.text();
    if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
    return JSON.parse(text);
  };

  return {
    slipway,
    call,
    async stop() {
      await backend.stop();
      await slipway.stop();
      json.mockRestore();
    },
    /** Runs a template to its end, well or not. */
    async run(template: string, values: JsonObject): Promise<FinishedTask> {
      const { id } = await call('/v2/tasks', {
        templateRef: `template:default/${template}`,
        values,
      });
      const deadline = Date.now() + 30_000;
      for (;;) {
        const { status } = await call(`/v2/tasks/${id}`);
        if (['completed', 'failed', 'cancelled'].includes(status)) {
          const events: Array<{
            body: { message: string; output?: FinishedTask['output'] };
          }> = await call(`/v2/tasks/${id}/events`);
          return {
            status,
            log: events.map(({ body }) => body.message).join('\n'),
            output: events.at(-1)?.body.output,
          };
        }
        if (Date.now() > deadline)
          throw new Error(`The task ${id} is still ${status}`);
        await new Promise(later => {
          setTimeout(later, 100);
        });
      }
    },
  };
}
