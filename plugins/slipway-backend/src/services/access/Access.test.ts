import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  slipwayLogsReadPermission,
  slipwayPipelineRerunPermission,
  slipwayReadPermission,
} from '@slipway/plugin-slipway-common';
import { Access } from './Access';

describe('Access', () => {
  const resource = { organization: 'shop', owners: [], members: [] };
  const ann = mockCredentials.user('user:default/ann');
  const bob = mockCredentials.user('user:default/bob');

  const allowed: PolicyDecision = { result: AuthorizeResult.ALLOW };

  const create = () => {
    const permissions = mockServices.permissions.mock();
    permissions.authorizeConditional.mockImplementation(async requests =>
      requests.map(() => allowed),
    );
    const access = Access.create({
      permissions,
      ruleset: () => ({ getRuleByName: jest.fn() }) as never,
    });
    return { access, asked: permissions.authorizeConditional };
  };

  it('asks the policy once for all that a page of a user reads, and for each user', async () => {
    const { access, asked } = create();
    const read = (credentials: typeof ann) =>
      access.may(credentials, slipwayReadPermission, [resource]);
    await Promise.all([read(ann), read(ann)]);
    await read(ann);
    expect(asked).toHaveBeenCalledTimes(1);
    await read(bob);
    expect(asked).toHaveBeenCalledTimes(2);
  });

  it('asks the policy one question for what the cards of an entity page need', async () => {
    const { access, asked } = create();
    asked.mockImplementation(async requests =>
      requests.map(({ permission }) => ({
        result:
          permission.name === slipwayPipelineRerunPermission.name
            ? AuthorizeResult.DENY
            : AuthorizeResult.ALLOW,
      })),
    );
    const [[read], rerun, logs] = await Promise.all([
      access.may(ann, slipwayReadPermission, [resource]),
      access.mayShow(ann, slipwayPipelineRerunPermission, resource),
      access.mayShow(ann, slipwayLogsReadPermission, resource),
    ]);
    expect([read, rerun, logs]).toEqual([true, false, true]);
    expect(asked).toHaveBeenCalledTimes(1);
  });

  it('asks anew before something is done, also when a page has just said that it may be', async () => {
    const { access, asked } = create();
    const permission = slipwayPipelineRerunPermission;
    await access.mayShow(ann, permission, resource);
    await access.mayShow(ann, permission, resource);
    expect(asked).toHaveBeenCalledTimes(1);
    asked.mockResolvedValue([{ result: AuthorizeResult.DENY }]);
    await expect(access.require(ann, permission, resource)).rejects.toThrow(
      permission.name,
    );
    expect(asked).toHaveBeenCalledTimes(2);
  });

  it('asks for services each time', async () => {
    const { access, asked } = create();
    const service = mockCredentials.service();
    await access.may(service, slipwayReadPermission, [resource]);
    await access.may(service, slipwayReadPermission, [resource]);
    expect(asked).toHaveBeenCalledTimes(2);
  });
});
