/*
 * The parts that we write of custom resources for which there is no library
 * of types. Their schemas are checked against a real API server.
 */

interface Metadata {
  name: string;
  namespace: string;
  labels: Record<string, string>;
  annotations?: Record<string, string>;
}

/** Of External Secrets. @internal */
export interface IExternalSecret {
  apiVersion: string;
  kind: 'ExternalSecret';
  metadata: Metadata;
  spec: {
    refreshInterval: string;
    target: { name: string; creationPolicy: 'Owner' };
    data: Array<{
      secretKey: string;
      remoteRef: { key: string; property?: string };
      sourceRef: {
        storeRef: { name: string; kind: 'ClusterSecretStore' };
      };
    }>;
  };
}

/** Of cert-manager. @internal */
export interface ICertificate {
  apiVersion: string;
  kind: 'Certificate';
  metadata: Metadata;
  spec: {
    secretName: string;
    dnsNames: string[];
    issuerRef: { name: string; kind: 'ClusterIssuer'; group: string };
  };
}

/** Of the Gateway API. @internal */
export interface IHTTPRoute {
  apiVersion: string;
  kind: 'HTTPRoute';
  metadata: Metadata;
  spec: {
    parentRefs: Array<{
      name: string;
      namespace: string;
      sectionName?: string;
    }>;
    hostnames: string[];
    rules: Array<{
      matches: Array<{ path: { type: 'PathPrefix'; value: string } }>;
      backendRefs: Array<{ name: string; port: number }>;
    }>;
  };
}

/** Of Traefik. @internal */
export interface IIngressRoute {
  apiVersion: string;
  kind: 'IngressRoute';
  metadata: Metadata;
  spec: {
    entryPoints: string[];
    routes: Array<{
      match: string;
      kind: 'Rule';
      services: Array<{ name: string; port: number; scheme?: string }>;
    }>;
    tls?: { secretName?: string };
  };
}
