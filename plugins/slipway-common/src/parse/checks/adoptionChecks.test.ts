import { told } from '../__testUtils__/service';

const spec = (adopt: string) => `apiVersion: slipway.dev/v1alpha1
kind: ServiceSpec
metadata:
  name: store
spec:
  organization: acme
  owner: group:default/red
  environments:
    - name: live
      class: production
      adopt:
        namespace: shop-live
        application: shop
${adopt}`;

const kept = (kind: string, more = '') => `        keep:
          - apiVersion: v1
            kind: ${kind}
            metadata:
              name: settings
${more}`;

const KIND = 'spec.environments[0].adopt.keep[0].kind';

describe('what of a namespace may be adopted', () => {
  it('is a namespace and an Application, with objects as they are', () => {
    expect(
      told(spec(kept('ConfigMap', '            data:\n              A: b\n'))),
    ).toEqual([]);
  });

  it('is no Secret', () => {
    expect(told(spec(kept('Secret')))).toEqual([`literal-secret ${KIND}`]);
  });

  it('is no kind that Slipway makes itself', () => {
    expect(told(spec(kept('RoleBinding')))).toEqual([`value ${KIND}`]);
  });

  it('is no ConfigMap that holds a secret', () => {
    expect(
      told(
        spec(
          kept(
            'ConfigMap',
            '            data:\n              DB_PASSWORD: x1\n',
          ),
        ),
      ),
    ).toEqual([
      'literal-secret spec.environments[0].adopt.keep[0].data.DB_PASSWORD',
    ]);
  });

  it('enforces each thing once', () => {
    expect(told(spec('        enforce: [quota, quota]\n'))).toEqual([
      'duplicate spec.environments[0].adopt.enforce[1]',
    ]);
  });
});
