import { KubeObject } from '../apiserver/types';
import { StandIn, StandInContext, keyOf, splitKey } from './stand-in';
import { WorkLoop } from './work-loop';

/** What a controller looks after. */
export interface Watched {
  name: string;
  /** The resources that it reconciles. */
  resources: string[];
  /** Whose work changes when an object does: by `<kind of its controller>/<its own resource>`. */
  parents: Record<string, string | undefined>;
}

/** The part that all controllers share: keys of objects in, calls of `reconcile` out. */
export abstract class Controller implements StandIn {
  protected readonly loop: WorkLoop;
  private unsubscribe = () => {};

  constructor(
    protected readonly context: StandInContext,
    private readonly watched: Watched,
  ) {
    this.loop = new WorkLoop(
      watched.name,
      key => this.visit(key),
      context.logger,
    );
  }

  /** Does what an object needs now; answers in how many milliseconds it wants to look again. */
  protected abstract reconcile(
    resource: string,
    object: KubeObject,
  ): number | void;

  start(): void {
    const { client } = this.context;
    const { resources, parents } = this.watched;
    for (const resource of resources) {
      for (const one of client.list(resource)) {
        this.loop.add(keyOf(resource, one));
      }
    }
    this.unsubscribe = client.watch(({ type, resource, object }) => {
      if (resources.includes(resource) && type !== 'DELETED') {
        this.loop.add(keyOf(resource, object));
      }
      const owner = object.metadata.ownerReferences?.find(
        one => one.controller,
      );
      const parent = parents[`${owner?.kind}/${resource}`];
      if (!owner || !parent) return;
      const { namespace } = object.metadata;
      this.loop.add(
        keyOf(parent, { metadata: { namespace, name: owner.name } }),
      );
    });
  }

  async stop(): Promise<void> {
    this.unsubscribe();
    await this.loop.stop();
  }

  private visit(key: string): number | void {
    const { resource, namespace, name } = splitKey(key);
    const object = this.context.client.get(resource, namespace, name);
    return object && this.reconcile(resource, object);
  }
}
