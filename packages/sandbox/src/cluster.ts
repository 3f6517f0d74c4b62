import { EscalationCheck } from './apiserver/admission/escalation';
import { Limits } from './apiserver/admission/limits';
import { Api, internalContext } from './apiserver/api';
import { bootstrapObjects } from './apiserver/auth/bootstrap';
import { Rbac } from './apiserver/auth/rbac';
import { ADMIN, Credentials, Tokens } from './apiserver/auth/tokens';
import { ClaimProtection } from './apiserver/controllers/claim-protection';
import { DefinitionController } from './apiserver/controllers/definitions';
import { GarbageCollector } from './apiserver/controllers/garbage-collector';
import { NamespaceController } from './apiserver/controllers/namespaces';
import { KindRegistry, resourceName } from './apiserver/kinds';
import { Store } from './apiserver/store';
import { Clock } from './apiserver/types';
import { FaultSwitch } from './http/faults';
import { ResourceHandler } from './http/resources';
import { Reviews } from './http/reviews';
import { Port } from './http/port';
import { ApiHttpServer } from './http/server';

export interface ClusterOptions {
  name: string;
  credentials: Credentials;
  clock: Clock;
  onError: (error: Error) => void;
  history?: number;
}

/** One cluster: its objects, its API over HTTP, the controllers without which the API would not be one. */
export class Cluster {
  readonly store: Store;
  readonly api: Api;
  readonly faults = new FaultSwitch();
  readonly resources: ResourceHandler;
  private readonly port: Port;
  private stops: (() => void)[] = [];

  constructor(readonly options: ClusterOptions) {
    this.store = new Store(options.history);
    const rbac = new Rbac(this.store);
    const tokens = new Tokens(options.credentials, this.store, options.clock);
    this.api = new Api(this.store, new KindRegistry(), options.clock, [
      new Limits(this.store),
      new EscalationCheck(rbac),
    ]);
    this.resources = new ResourceHandler(
      this.api,
      new Reviews(rbac, tokens),
      tokens,
      this.faults,
    );
    const http = new ApiHttpServer({
      tokens,
      rbac,
      faults: this.faults,
      resources: this.resources,
      onError: options.onError,
    });
    this.port = new Port(options.credentials.certificate, http.listener);
  }

  get name(): string {
    return this.options.name;
  }

  /** Starts the controllers and makes what every cluster has. */
  startControllers(): void {
    const { onError } = this.options;
    this.stops = [
      new DefinitionController(this.api, onError).start(),
      new NamespaceController(this.api, onError).start(),
      new GarbageCollector(this.api, onError).start(),
      new ClaimProtection(this.api, onError).start(),
    ];
    const context = internalContext(ADMIN, 'sandbox');
    for (const object of bootstrapObjects()) {
      const kind = this.api.kinds.findKind(
        String(object.apiVersion),
        String(object.kind),
      )!;
      const { name } = object.metadata as { name: string };
      if (!this.store.get(resourceName(kind), undefined, name))
        this.api.create(kind, undefined, object, context);
    }
  }

  stopControllers(): void {
    this.stops.forEach(stop => stop());
    this.stops = [];
  }

  async listen(host: string, port: number): Promise<string> {
    const {
      address,
      family,
      port: chosen,
    } = await this.port.listen(host, port);
    return `http://${family === 'IPv6' ? `[${address}]` : address}:${chosen}`;
  }

  async close(): Promise<void> {
    this.stopControllers();
    await this.port.close();
  }
}
