import type { ApiLiveObject } from '@slipway/plugin-slipway-common';

/** What a node of the tree stands for. @internal */
export interface TreeNode {
  id: string;
  apiVersion: string;
  kind: string;
  name: string;
  namespace?: string;
  health: ApiLiveObject['health'];
  sync?: string;
  message?: string;
  createdAt?: string;
  children: TreeNode[];
  /** The worst health below it and of itself. */
  worst: ApiLiveObject['health'];
}

/** What needs a look comes first. */
const ORDER: ApiLiveObject['health'][] = [
  'Degraded',
  'Missing',
  'Progressing',
  'Suspended',
  'Unknown',
  'Healthy',
];

const rank = (health: ApiLiveObject['health']): number => {
  const index = ORDER.indexOf(health);
  return index < 0 ? ORDER.indexOf('Unknown') : index;
};

/** Names an object in an address: `apps/v1/Deployment/<namespace>/<name>`. @internal */
export const refText = (object: {
  apiVersion: string;
  kind: string;
  namespace?: string;
  name: string;
}): string =>
  [object.apiVersion, object.kind, object.namespace ?? '', object.name].join(
    '/',
  );

/** What `refText` wrote; undefined where it is something else. @internal */
export function parseRef(text: string) {
  const parts = text.split('/');
  if (parts.length < 4 || parts.length > 5) {
    return undefined;
  }
  const [kind, namespace, name] = parts.slice(-3);
  const apiVersion = parts.slice(0, -3).join('/');
  return kind && name && apiVersion
    ? { apiVersion, kind, name, ...(namespace && { namespace }) }
    : undefined;
}

/** The node that stands for the Application. @internal */
export const ROOT = 'application';

const nodeOf = (object: ApiLiveObject): TreeNode => ({
  id: object.uid ?? refText(object),
  apiVersion: object.apiVersion,
  kind: object.kind,
  name: object.name,
  namespace: object.namespace,
  health: object.health,
  sync: object.sync,
  message: object.message,
  createdAt: object.createdAt,
  children: [],
  worst: object.health,
});

const byUrgency = (a: TreeNode, b: TreeNode): number =>
  rank(a.worst) - rank(b.worst) ||
  a.kind.localeCompare(b.kind) ||
  a.name.localeCompare(b.name);

function settle(node: TreeNode): TreeNode {
  const children = node.children.map(settle).sort(byUrgency);
  const worst = children.reduce(
    (found, child) => (rank(child.worst) < rank(found) ? child.worst : found),
    node.health,
  );
  return { ...node, children, worst };
}

/**
 * The objects of an environment by who owns whom: the Application, what it applied, what controllers made of that.
 * What needs a look comes first on every level.
 *
 * @internal
 */
export function buildTree(
  objects: ApiLiveObject[],
  root?: Pick<TreeNode, 'name' | 'namespace'> & { sync?: string },
): TreeNode[] {
  const nodes = new Map(
    objects.map(object => [object.uid ?? refText(object), nodeOf(object)]),
  );
  const owners = new Map(
    objects.map(object => [object.uid ?? refText(object), object.owner]),
  );
  const top: TreeNode[] = [];
  for (const [id, node] of nodes) {
    const owner = nodes.get(owners.get(id) ?? '');
    // An owner that is below its own child would hide both for ever.
    if (owner && !isBelow(id, owners.get(id), owners)) {
      owner.children.push(node);
    } else {
      top.push(node);
    }
  }
  if (!root) {
    return top.map(settle).sort(byUrgency);
  }
  const application: TreeNode = {
    id: ROOT,
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    health: 'Healthy',
    children: top,
    worst: 'Healthy',
    ...root,
  };
  const settled = settle(application);
  // Argo CD's own rule: an Application is as healthy as the worst of what it holds.
  return [{ ...settled, health: settled.worst }];
}

function isBelow(
  id: string,
  owner: string | undefined,
  owners: Map<string, string | undefined>,
): boolean {
  const seen = new Set<string>();
  for (let at = owner; at !== undefined && !seen.has(at); at = owners.get(at)) {
    if (at === id) {
      return true;
    }
    seen.add(at);
  }
  return false;
}

/** A node as it is drawn: how deep it stands, and among how many. @internal */
export interface TreeRow {
  node: TreeNode;
  level: number;
  position: number;
  siblings: number;
  parent?: string;
  open?: boolean;
}

/** The rows that are seen. @internal */
export function visibleRows(
  nodes: TreeNode[],
  isOpen: (node: TreeNode) => boolean,
  level = 1,
  parent?: string,
): TreeRow[] {
  return nodes.flatMap((node, index) => {
    const open = node.children.length > 0 ? isOpen(node) : undefined;
    const row: TreeRow = {
      node,
      level,
      position: index + 1,
      siblings: nodes.length,
      parent,
      open,
    };
    return open
      ? [row, ...visibleRows(node.children, isOpen, level + 1, node.id)]
      : [row];
  });
}

/** The nodes that a filter leaves, with the way down to each. @internal */
export function filterTree(
  nodes: TreeNode[],
  matches: (node: TreeNode) => boolean,
): TreeNode[] {
  return nodes.flatMap(node => {
    const children = filterTree(node.children, matches);
    return children.length > 0 || matches(node) ? [{ ...node, children }] : [];
  });
}

/** All nodes, whatever is open. @internal */
export const allNodes = (nodes: TreeNode[]): TreeNode[] =>
  nodes.flatMap(node => [node, ...allNodes(node.children)]);
