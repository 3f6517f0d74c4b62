import {
  createHmac,
  randomBytes,
  randomUUID,
  timingSafeEqual,
} from 'node:crypto';
import { Certificate, selfSigned } from '../../http/certificate';
import { JsonObject, isObject, stringAt } from '../json';
import { Store } from '../store';
import { Clock, User } from '../types';

/** What identifies a cluster's clients; kept over restarts, readable by its owner only. */
export interface Credentials {
  adminToken: string;
  signingKey: string;
  certificate: Certificate;
}

export function newCredentials(host: string, now: Date): Credentials {
  return {
    adminToken: `sandbox-${randomBytes(24).toString('base64url')}`,
    signingKey: randomBytes(32).toString('base64url'),
    certificate: selfSigned(
      [...new Set(['127.0.0.1', 'localhost', host])],
      now,
    ),
  };
}

export const ADMIN: User = {
  name: 'sandbox-admin',
  groups: ['system:masters', 'system:authenticated'],
};
export const ANONYMOUS: User = {
  name: 'system:anonymous',
  groups: ['system:unauthenticated'],
};

const ISSUER = 'https://kubernetes.default.svc.cluster.local';

function encode(value: JsonObject): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function same(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** Knows the administrator's token and makes and reads those of service accounts (JSON web tokens). */
export class Tokens {
  constructor(
    private readonly credentials: Credentials,
    private readonly store: Store,
    private readonly clock: Clock,
  ) {}

  authenticate(token: string, audiences: string[] = []): User | undefined {
    if (same(token, this.credentials.adminToken)) return ADMIN;
    const [header, body, signature] = token.split('.');
    if (!signature || !same(signature, this.sign(`${header}.${body}`)))
      return undefined;
    const claims: unknown = JSON.parse(
      Buffer.from(body, 'base64url').toString('utf8'),
    );
    if (
      !isObject(claims) ||
      Number(claims.exp) * 1000 <= this.clock().getTime()
    )
      return undefined;
    const named = claims.aud;
    if (
      audiences.length &&
      !(
        Array.isArray(named) &&
        named.some(one => audiences.includes(String(one)))
      )
    )
      return undefined;
    const namespace = stringAt(claims, 'kubernetes.io', 'namespace')!;
    const name = stringAt(claims, 'kubernetes.io', 'serviceaccount', 'name')!;
    const uid = stringAt(claims, 'kubernetes.io', 'serviceaccount', 'uid')!;
    // A token dies with its account: one of the same name that was made anew has another uid.
    if (
      this.store.get('serviceaccounts', namespace, name)?.metadata.uid !== uid
    )
      return undefined;
    return serviceAccount(namespace, name, uid);
  }

  issue(
    namespace: string,
    name: string,
    uid: string,
    seconds: number,
    audiences: string[],
  ): { token: string; expires: Date } {
    const now = Math.floor(this.clock().getTime() / 1000);
    const header = encode({ alg: 'HS256', typ: 'JWT' });
    const body = encode({
      aud: audiences.length ? audiences : [ISSUER],
      exp: now + seconds,
      iat: now,
      iss: ISSUER,
      jti: randomUUID(),
      'kubernetes.io': { namespace, serviceaccount: { name, uid } },
      nbf: now,
      sub: `system:serviceaccount:${namespace}:${name}`,
    });
    return {
      token: `${header}.${body}.${this.sign(`${header}.${body}`)}`,
      expires: new Date((now + seconds) * 1000),
    };
  }

  private sign(text: string): string {
    return createHmac('sha256', this.credentials.signingKey)
      .update(text)
      .digest('base64url');
  }
}

export function serviceAccount(
  namespace: string,
  name: string,
  uid?: string,
): User {
  return {
    name: `system:serviceaccount:${namespace}:${name}`,
    uid,
    groups: [
      'system:serviceaccounts',
      `system:serviceaccounts:${namespace}`,
      'system:authenticated',
    ],
  };
}
