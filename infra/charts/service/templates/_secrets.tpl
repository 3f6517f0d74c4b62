{{/* An ExternalSecret of references; expects model, name, labels, retained and entries of key and from. */}}
{{- define "service.externalSecret" -}}
{{- $model := .model -}}
{{- $entries := dict -}}
{{- range .entries -}}{{- $_ := set $entries .key .from -}}{{- end }}
---
apiVersion: {{ $model.secretStore.apiVersion }}
kind: ExternalSecret
metadata:
  name: {{ .name | toJson }}
  namespace: {{ $model.namespace | toJson }}
  labels:
    {{- .labels | nindent 4 }}
  {{- if .retained }}
  {{- include "service.retained" $model | nindent 2 }}
  {{- end }}
spec:
  refreshInterval: 5m
  target:
    name: {{ .name | toJson }}
    creationPolicy: Owner
  data:
    {{- range $key := keys $entries | sortAlpha }}
    {{- $from := get $entries $key }}
    - secretKey: {{ $key | toJson }}
      {{- if $from.vault }}
      {{- $path := regexReplaceAll "#[^#]*$" $from.vault "" }}
      {{- $property := trimPrefix (printf "%s#" $path) $from.vault }}
      {{- with $model.secretStore.path }}{{ if ne . "." }}{{ $path = printf "%s/%s" . $path }}{{ end }}{{ end }}
      remoteRef:
        key: {{ $path | toJson }}
        property: {{ $property | toJson }}
      {{- else }}
      remoteRef:
        key: {{ $from.key | toJson }}
        {{- with $from.property }}
        property: {{ . | toJson }}
        {{- end }}
      {{- end }}
      sourceRef:
        storeRef:
          name: {{ $from.store | default (printf "org-%s" $model.organization) | toJson }}
          kind: ClusterSecretStore
    {{- end }}
{{- end -}}
