import {
  ConflictError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';

/** A field that another manager owns, as the API server names it. */
export interface FieldOwner {
  manager: string;
  /** Path of the field, such as `.spec.replicas`. */
  field: string;
}

/** Server-side apply was refused, because somebody else owns fields that we want to set. */
export class FieldConflictError extends ConflictError {
  name = 'ConflictError' as const;
  readonly owners: FieldOwner[];

  constructor(message: string, owners: FieldOwner[]) {
    super(message);
    this.owners = owners;
  }
}

/** The cluster does not serve the kind: its CRD is not installed. */
export class KindNotServedError extends NotFoundError {
  name = 'NotFoundError' as const;
  readonly apiVersion: string;
  readonly kind: string;

  constructor(cluster: string, kind: { apiVersion: string; kind: string }) {
    super(
      `The cluster '${cluster}' does not serve ${kind.apiVersion} ${kind.kind}; install its CustomResourceDefinition there`,
    );
    this.apiVersion = kind.apiVersion;
    this.kind = kind.kind;
  }
}

/**
 * The cluster answers, but doesn't know who asks: the token has expired or was revoked. No right is missing, so nothing
 * is decided by it; it passes as soon as somebody renews the token.
 */
export class CredentialsRefusedError extends ServiceUnavailableError {
  name = 'ServiceUnavailableError' as const;

  constructor(cluster: string, said: string) {
    super(
      `The cluster '${cluster}' does not accept Slipway's credentials (${said}); renew the token that is configured for it`,
    );
  }
}

/** A stream that had begun well was cut, by a proxy say: neither refused, nor full of what can't be read. */
export class StreamCutError extends ServiceUnavailableError {
  name = 'ServiceUnavailableError' as const;
}

/**
 * Nothing at all came on a stream for longer than a server is usually silent. It may be dead without a word, or of a kind
 * that never had an event: of those some servers send no bookmarks. A new one tells which.
 */
export class StreamSilentError extends ServiceUnavailableError {
  name = 'ServiceUnavailableError' as const;
}

/** An answer was longer than anything that is read into memory; asking for less at once may help. */
export class AnswerTooLargeError extends Error {
  name = 'AnswerTooLargeError' as const;
}
