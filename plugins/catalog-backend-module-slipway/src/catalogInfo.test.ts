import {
  apiEntityV1alpha1Validator,
  componentEntityV1alpha1Validator,
  DefaultNamespaceEntityPolicy,
  EntityPolicies,
  FieldFormatEntityPolicy,
  parseEntityRef,
  stringifyEntityRef,
  systemEntityV1alpha1Validator,
} from '@backstage/catalog-model';
import { parseEntityYaml } from '@backstage/plugin-catalog-node';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const ROOT = resolve(__dirname, '../../..');

describe("the repository's own catalog-info.yaml", () => {
  const entities = [
    ...parseEntityYaml(readFileSync(resolve(ROOT, 'catalog-info.yaml')), {
      type: 'file',
      target: 'catalog-info.yaml',
    }),
  ].map(result => {
    if (result.type !== 'entity') throw new Error(JSON.stringify(result));
    return result.entity;
  });
  const refs = entities.map(stringifyEntityRef);

  it('has entities that the catalog takes', async () => {
    const policy = EntityPolicies.allOf([
      new DefaultNamespaceEntityPolicy(),
      new FieldFormatEntityPolicy(),
    ]);
    expect(new Set(refs).size).toBe(refs.length);
    for (const entity of entities) {
      await expect(policy.enforce(entity)).resolves.toBeDefined();
      const definition = (
        entity.spec?.definition as { $text: string } | undefined
      )?.$text;
      const filled = definition
        ? {
            ...entity,
            spec: {
              ...entity.spec,
              definition: readFileSync(resolve(ROOT, definition), 'utf8'),
            },
          }
        : entity;
      const taken = await Promise.all(
        [
          apiEntityV1alpha1Validator,
          componentEntityV1alpha1Validator,
          systemEntityV1alpha1Validator,
        ].map(validator => validator.check(filled)),
      );
      expect(taken).toContain(true);
    }
  });

  it('points only to what is there', () => {
    for (const { spec } of entities) {
      const {
        system,
        providesApis = [],
        consumesApis = [],
        definition,
      } = (spec ?? {}) as {
        system?: string;
        providesApis?: string[];
        consumesApis?: string[];
        definition?: { $text: string };
      };
      const targets = [
        ...(system ? [parseEntityRef(system, { defaultKind: 'System' })] : []),
        ...[...providesApis, ...consumesApis].map(ref =>
          parseEntityRef(ref, { defaultKind: 'API' }),
        ),
      ];
      expect(refs).toEqual(
        expect.arrayContaining(targets.map(stringifyEntityRef)),
      );
      expect(existsSync(resolve(ROOT, definition?.$text ?? '.'))).toBe(true);
    }
  });
});
