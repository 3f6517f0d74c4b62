{{/* The namespace of an environment: the given one, else <organization>--<service>--<environment>, hashed when it is too long. */}}
{{- define "service.namespaceOf" -}}
{{- $joined := printf "%s--%s--%s" .organization .service .environment -}}
{{- if .namespace -}}
  {{- .namespace -}}
{{- else if le (len $joined) 63 -}}
  {{- $joined -}}
{{- else -}}
  {{- $alphabet := "0123456789abcdefghjkmnpqrstvwxyz" -}}
  {{- $nibbles := dict "0" 0 "1" 1 "2" 2 "3" 3 "4" 4 "5" 5 "6" 6 "7" 7 "8" 8 "9" 9 "a" 10 "b" 11 "c" 12 "d" 13 "e" 14 "f" 15 -}}
  {{- $digest := sha256sum $joined -}}
  {{- $hash := "" -}}
  {{- range $i := until 16 -}}
    {{- $high := get $nibbles (substr (int (mul 2 $i)) (int (add 1 (mul 2 $i))) $digest) -}}
    {{- $low := get $nibbles (substr (int (add 1 (mul 2 $i))) (int (add 2 (mul 2 $i))) $digest) -}}
    {{- $at := int (add $low (mul 16 (mod $high 2))) -}}
    {{- $hash = printf "%s%s" $hash (substr $at (int (add 1 $at)) $alphabet) -}}
  {{- end -}}
  {{- $room := int (sub 44 (len .organization)) -}}
  {{- $start := regexReplaceAll "-+$" (trunc $room .service) "" -}}
  {{- printf "%s--%s-%s" .organization $start $hash -}}
{{- end -}}
{{- end -}}

{{/* The name of a volume from the path that it is mounted at. */}}
{{- define "service.volumeName" -}}
{{- $path := . -}}
{{- $joined := regexReplaceAll "/+" (trimAll "/" $path) "-" -}}
{{- if and (regexMatch "^(/+[a-z0-9]+)+/*$" $path) (le (len $joined) 63) -}}
  {{- $joined -}}
{{- else -}}
  {{- $hash := sha256sum $path | trunc 8 -}}
  {{- $start := trimAll "-" (trunc 54 (regexReplaceAll "[^a-z0-9]+" (lower $joined) "-")) -}}
  {{- if eq $start "" -}}{{- $hash -}}{{- else -}}{{- printf "%s-%s" $start $hash -}}{{- end -}}
{{- end -}}
{{- end -}}

{{/* The beginning of environment variables: cart-api is CART_API. */}}
{{- define "service.variablePrefix" -}}
{{- $upper := regexReplaceAll "[^A-Z0-9]+" (upper .) "_" -}}
{{- if regexMatch "^[0-9]" $upper -}}_{{- end -}}{{- $upper -}}
{{- end -}}

{{/* A name inside a database. */}}
{{- define "service.identifier" -}}
{{- $name := replace "-" "_" .name -}}
{{- $plain := printf "%s_%s" $name .suffix -}}
{{- if le (len $plain) (int .max) -}}
  {{- $plain -}}
{{- else -}}
  {{- $end := printf "_%s_%s" (sha256sum .name | trunc 6) .suffix -}}
  {{- printf "%s%s" (trunc (int (sub .max (len $end))) $name) $end -}}
{{- end -}}
{{- end -}}

{{/* Labels of an object: with a workload or a database those of what belongs to it. */}}
{{- define "service.labels" -}}
app.kubernetes.io/managed-by: slipway
app.kubernetes.io/part-of: {{ .model.service | toJson }}
backstage.io/kubernetes-id: {{ .model.service | toJson }}
slipway.dev/environment: {{ .model.environment | toJson }}
slipway.dev/organization: {{ .model.organization | toJson }}
slipway.dev/part: {{ .part }}
slipway.dev/service: {{ .model.service | toJson }}
{{- with .workload }}
app.kubernetes.io/component: workload
app.kubernetes.io/name: {{ . | toJson }}
slipway.dev/workload: {{ . | toJson }}
{{- end }}
{{- with .database }}
app.kubernetes.io/component: database
app.kubernetes.io/name: {{ . | toJson }}
slipway.dev/database: {{ . | toJson }}
{{- end }}
{{- end -}}

{{/* Keeps Argo CD from deleting what a class retains. */}}
{{- define "service.retained" -}}
{{- if .retainDatabases }}
annotations:
  argocd.argoproj.io/sync-options: Prune=false,Delete=false
{{- end }}
{{- end -}}
