{{/* Nothing in, nothing out but DNS; and for each workload and database what needs open. */}}
{{- define "service.networkPolicies" -}}
{{- $model := . -}}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: default--deny
  namespace: {{ $model.namespace | toJson }}
  labels:
    {{- include "service.labels" (dict "model" $model "part" "platform") | nindent 4 }}
spec:
  podSelector: {}
  policyTypes: [Ingress, Egress]
  ingress: []
  egress:
    - to:
        - {{ include "service.inNamespace" $model.cluster.dns }}
      ports:
        - protocol: UDP
          port: 53
        - protocol: TCP
          port: 53
{{- range $name := keys $model.workloads | sortAlpha }}
{{- $w := get $model.workloads $name }}
{{- $ingress := list }}
{{- $sources := get $model.incoming $name }}
{{- if and $sources $w.ports }}
{{- $ingress = append $ingress (include "service.incomingRule" (dict "sources" $sources "ports" $w.ports) | fromYaml) }}
{{- end }}
{{- if $w.routed }}
{{- $ingress = append $ingress (include "service.fromNamespace" (dict "namespace" $model.routes.namespace "port" $w.routedPort.port) | fromYaml) }}
{{- end }}
{{- with $w.metrics }}
{{- $ingress = append $ingress (include "service.fromNamespace" (dict "namespace" $model.cluster.prometheus "port" .port) | fromYaml) }}
{{- end }}
{{- $egress := list }}
{{- $seen := dict }}
{{- range get $model.outgoing $name }}
{{- $rule := include "service.egressRule" (dict "model" $model "target" .) | fromYaml }}
{{- $text := toJson $rule }}
{{- if not (hasKey $seen $text) }}{{ $egress = append $egress $rule }}{{ end }}
{{- $_ := set $seen $text true }}
{{- end }}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: {{ $name | toJson }}
  namespace: {{ $model.namespace | toJson }}
  labels:
    {{- include "service.labels" (dict "model" $model "part" "platform" "workload" $name) | nindent 4 }}
spec:
  podSelector:
    matchLabels:
      slipway.dev/workload: {{ $name | toJson }}
  policyTypes: [Ingress, Egress]
  ingress: {{ $ingress | toJson }}
  egress: {{ $egress | toJson }}
{{- end }}
{{- range $name := keys $model.databases | sortAlpha }}
{{- $d := get $model.databases $name }}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: {{ $name | toJson }}
  namespace: {{ $model.namespace | toJson }}
  labels:
    {{- include "service.labels" (dict "model" $model "part" "platform" "database" $name) | nindent 4 }}
spec:
  podSelector:
    matchLabels:
      slipway.dev/database: {{ $name | toJson }}
  policyTypes: [Ingress, Egress]
  ingress:
    {{- with get $model.incoming $name }}
    - {{ include "service.incomingRule" (dict "sources" . "ports" (list $d)) | fromYaml | toJson }}
    {{- else }} []
    {{- end }}
  egress: []
{{- end }}
{{- end -}}

{{- define "service.inNamespace" -}}
{{- dict "namespaceSelector" (dict "matchLabels" (dict "kubernetes.io/metadata.name" .)) | toJson -}}
{{- end -}}

{{- define "service.fromNamespace" -}}
from:
  - {{ include "service.inNamespace" .namespace }}
ports:
  - protocol: TCP
    port: {{ int .port }}
{{- end -}}

{{- define "service.incomingRule" -}}
from:
  {{- range .sources }}
  - podSelector:
      matchLabels:
        slipway.dev/workload: {{ .workload | toJson }}
    {{- if .organization }}
    namespaceSelector:
      {{- include "service.environmentSelector" . | nindent 6 }}
    {{- end }}
  {{- end }}
{{ include "service.tcpPorts" .ports }}
{{- end -}}

{{- define "service.tcpPorts" -}}
ports:
  {{- range . }}
  - protocol: TCP
    port: {{ int .port }}
  {{- end }}
{{- end -}}

{{/* A network policy knows addresses and no host names: an external need opens its port to every public address. */}}
{{- define "service.egressRule" -}}
{{- $target := .target -}}
{{- if eq $target.type "external" -}}
to:
  - ipBlock:
      cidr: 0.0.0.0/0
      except: [10.0.0.0/8, 100.64.0.0/10, 127.0.0.0/8, 169.254.0.0/16, 172.16.0.0/12, 192.168.0.0/16]
  - ipBlock:
      cidr: '::/0'
      except: ['::1/128', 'fc00::/7', 'fe80::/10']
{{ include "service.tcpPorts" (list $target) }}
{{- else if eq $target.type "database" -}}
to:
  - podSelector:
      matchLabels:
        slipway.dev/database: {{ $target.local | toJson }}
{{ include "service.tcpPorts" (list (get .model.databases $target.local)) }}
{{- else if eq $target.type "workload" -}}
to:
  - podSelector:
      matchLabels:
        slipway.dev/workload: {{ $target.local | toJson }}
{{ include "service.tcpPorts" (get .model.workloads $target.local).ports }}
{{- else -}}
to:
  - podSelector:
      matchLabels:
        slipway.dev/workload: {{ $target.workload | toJson }}
    namespaceSelector:
      {{- include "service.environmentSelector" $target | nindent 6 }}
{{ include "service.tcpPorts" $target.ports }}
{{- end -}}
{{- end -}}
