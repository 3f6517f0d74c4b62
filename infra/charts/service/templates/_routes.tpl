{{/* What makes a workload reachable from outside. */}}
{{- define "service.route" -}}
{{- $model := .model -}}
{{- $w := .workload -}}
{{- $routes := $model.routes -}}
{{- $port := $w.routedPort -}}
{{- $domains := uniq $w.domains | sortAlpha -}}
{{- $secret := ternary (printf "%s-tls" $w.name) "" (ne $routes.issuer "") -}}
{{- $labels := include "service.labels" (dict "model" $model "part" "workload" "workload" $w.name) -}}
{{- if eq $routes.kind "HTTPRoute" }}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: {{ $w.name | toJson }}
  namespace: {{ $model.namespace | toJson }}
  labels:
    {{- $labels | nindent 4 }}
spec:
  parentRefs:
    - {{ $routes.gateway | toJson }}
  hostnames: {{ $domains | toJson }}
  rules:
    - matches:
        - path:
            type: PathPrefix
            value: /
      backendRefs:
        - name: {{ $w.name | toJson }}
          port: {{ int $port.port }}
{{- else if eq $routes.kind "IngressRoute" }}
---
apiVersion: traefik.io/v1alpha1
kind: IngressRoute
metadata:
  name: {{ $w.name | toJson }}
  namespace: {{ $model.namespace | toJson }}
  labels:
    {{- $labels | nindent 4 }}
spec:
  entryPoints: [{{ ternary "websecure" "web" $routes.tls }}]
  routes:
    {{- range $domains }}
    - match: {{ printf "Host(`%s`)" . | toJson }}
      kind: Rule
      services:
        - name: {{ $w.name | toJson }}
          port: {{ int $port.port }}
          {{- if eq $port.protocol "grpc" }}
          scheme: h2c
          {{- end }}
    {{- end }}
  {{- if $routes.tls }}
  tls: {{ ternary (dict "secretName" $secret) dict (ne $secret "") | toJson }}
  {{- end }}
{{- if $secret }}
---
apiVersion: cert-manager.io/v1
kind: Certificate
metadata:
  name: {{ $w.name | toJson }}
  namespace: {{ $model.namespace | toJson }}
  labels:
    {{- $labels | nindent 4 }}
spec:
  secretName: {{ $secret | toJson }}
  dnsNames: {{ $domains | toJson }}
  issuerRef:
    name: {{ $routes.issuer | toJson }}
    kind: ClusterIssuer
    group: cert-manager.io
{{- end }}
{{- else }}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: {{ $w.name | toJson }}
  namespace: {{ $model.namespace | toJson }}
  labels:
    {{- $labels | nindent 4 }}
  {{- if or $secret (eq $port.protocol "grpc") }}
  annotations:
    {{- if $secret }}
    cert-manager.io/cluster-issuer: {{ $routes.issuer | toJson }}
    {{- end }}
    {{- if eq $port.protocol "grpc" }}
    nginx.ingress.kubernetes.io/backend-protocol: GRPC
    {{- end }}
  {{- end }}
spec:
  {{- with $routes.className }}
  ingressClassName: {{ . | toJson }}
  {{- end }}
  rules:
    {{- range $domains }}
    - host: {{ . | toJson }}
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: {{ $w.name | toJson }}
                port:
                  number: {{ int $port.port }}
    {{- end }}
  {{- if $routes.tls }}
  tls:
    - hosts: {{ $domains | toJson }}
      {{- if $secret }}
      secretName: {{ $secret | toJson }}
      {{- end }}
  {{- end }}
{{- end }}
{{- end -}}
