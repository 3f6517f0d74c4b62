import { parseFile } from '../parseFile';
import type { Problem } from '../problem';

/** A sound ServiceSpec that uses most of what a spec can say. */
export const SERVICE = `apiVersion: slipway.dev/v1alpha1
kind: ServiceSpec
metadata:
  name: shop
spec:
  organization: acme
  owner: group:default/shop
  workloads:
    # The part that people see.
    - name: web
      image:
        repository: registry.example.com/shop/web
        revision: v1 # set by CI
      port: 8080
      domains: [shop.example.com]
      needs: [api, db]
      env:
        - name: LOG_LEVEL
          value: info
      secrets:
        - name: API_TOKEN
          from:
            vault: shop/web#token
      probes:
        readiness:
          type: http
          path: /healthz
      resources:
        cpu: 100m
        memory: 128Mi
        limits:
          memory: 256Mi
    - name: api
      image:
        repository: registry.example.com/shop/api
      ports:
        - name: grpc
          port: 9090
          protocol: grpc
      autoscaling:
        min: 2
        max: 4
      resources:
        cpu: 100m
        memory: 128Mi
    - name: cleanup
      kind: CronJob
      schedule: '0 3 * * *'
      image:
        repository: registry.example.com/shop/cleanup
      needs: [db, api.example.com:443, acme/billing/api]
      resources:
        cpu: 100m
        memory: 128Mi
  databases:
    - name: db
      engine: postgres
      version: '16'
      size: 10Gi
  environments:
    - name: staging
      class: shared-staging
      overrides:
        workloads:
          - name: web
            domains: [staging.shop.example.com]
            replicas: 2
    - name: production
      class: production
      promoteFrom: staging
`;

/** The sound spec with one text replaced, which has to be in it. */
export function changed(from: string, to: string, text = SERVICE): string {
  if (!text.includes(from)) {
    throw new Error(`${JSON.stringify(from)} is not in the text`);
  }
  return text.replace(from, to);
}

/** The problems of a text, in short: code and path. */
export function told(text: string): string[] {
  return parseFile(text).problems.map(short);
}

/** Code and path of a problem, with a mark for warnings. */
export function short({ code, path, severity }: Problem): string {
  return `${severity === 'warning' ? '~' : ''}${code} ${path}`.trim();
}
