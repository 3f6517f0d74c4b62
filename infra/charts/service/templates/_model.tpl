{{/*
What the templates read: the values as plain JSON, with defaults filled in, short forms written out and lists by name.
Rules that the schema can't say are checked here.
*/}}
{{- define "service.model" -}}
{{- $v := .Values | toJson | fromJson -}}
{{- $renderer := .Chart.AppVersion -}}
{{- with $v.rendererVersion -}}
  {{- if ne (toString .) $renderer -}}
    {{- fail (printf "rendererVersion: the values were written for renderer %s, and this chart is renderer %s. Put the chart of that version into the repository." . $renderer) -}}
  {{- end -}}
{{- end -}}
{{- $_ := set $v "namespace" (include "service.namespaceOf" $v) -}}
{{- $_ := set $v "quota" ($v.quota | default dict) -}}
{{- $_ := set $v "registry" ($v.registry | default dict) -}}
{{- $_ := set $v "cluster" (merge ($v.cluster | default dict) (dict "dns" "kube-system" "prometheus" "monitoring")) -}}
{{- $_ := set $v "secretStore" (merge ($v.secretStore | default dict) (dict "apiVersion" "external-secrets.io/v1")) -}}
{{- $_ := set $v "retainDatabases" (ne (toString (dig "databases" true ($v.retain | default dict))) "false") -}}
{{- $routes := merge ($v.routes | default dict) (dict "kind" "Ingress") -}}
{{- $usual := dict "Ingress" "ingress-nginx" "HTTPRoute" (dig "namespace" "gateway" ($routes.gateway | default dict)) "IngressRoute" "traefik" -}}
{{- $routes = merge $routes (dict "namespace" (get $usual $routes.kind)) -}}
{{- $tls := $routes.tls | default dict -}}
{{- $enabled := ne (toString (dig "enabled" true $tls)) "false" -}}
{{- $_ := set $routes "tls" $enabled -}}
{{- $_ := set $routes "issuer" (ternary ($tls.issuer | default "") "" $enabled) -}}
{{- if and (eq $routes.kind "HTTPRoute") (not $routes.gateway) -}}
  {{- fail "routes.gateway is missing: an HTTPRoute attaches to a Gateway" -}}
{{- end -}}
{{- $_ := set $v "routes" $routes -}}
{{- $names := dict -}}
{{- $workloads := dict -}}
{{- range $w := $v.workloads | default list -}}
  {{- include "service.unused" (dict "names" $names "name" $w.name "list" "workloads") -}}
  {{- $at := printf "workloads[%s]" $w.name -}}
  {{- $_ := set $w "kind" ($w.kind | default "Deployment") -}}
  {{- if and (hasKey $w "port") $w.ports -}}{{- fail (printf "%s: give either port or ports" $at) -}}{{- end -}}
  {{- if and (hasKey $w "replicas") $w.autoscaling -}}{{- fail (printf "%s: give either replicas or autoscaling" $at) -}}{{- end -}}
  {{- if ne (eq $w.kind "CronJob") (hasKey $w "schedule") -}}{{- fail (printf "%s: a CronJob has a schedule, and nothing else has" $at) -}}{{- end -}}
  {{- if hasKey $w "port" -}}
    {{- $_ := set $w "ports" (list (dict "name" "http" "port" $w.port "protocol" "http")) -}}
  {{- end -}}
  {{- range $field := list "ports" "domains" "needs" "volumes" "env" "envFrom" "secrets" -}}
    {{- $_ := set $w $field (get $w $field | default list) -}}
  {{- end -}}
  {{- range $field := list "ports" "env" "secrets" -}}
    {{- $seen := dict -}}
    {{- range get $w $field -}}
      {{- if hasKey $seen .name -}}{{- fail (printf "%s.%s: there are two of the name %s" $at $field .name) -}}{{- end -}}
      {{- $_ := set $seen .name true -}}
    {{- end -}}
  {{- end -}}
  {{- range $port := $w.ports -}}{{- $_ := set $port "protocol" ($port.protocol | default "http") -}}{{- end -}}
  {{- $volumes := dict -}}
  {{- range $volume := $w.volumes -}}
    {{- $_ := set $volume "kind" ($volume.kind | default "temp") -}}
    {{- if not (hasKey $volumes $volume.path) -}}{{- $_ := set $volumes $volume.path $volume -}}{{- end -}}
  {{- end -}}
  {{- $ordered := list -}}
  {{- $disk := false -}}
  {{- range keys $volumes | sortAlpha -}}
    {{- $ordered = append $ordered (get $volumes .) -}}
    {{- if eq (get $volumes .).kind "disk" -}}{{- $disk = true -}}{{- end -}}
  {{- end -}}
  {{- $_ := set $w "volumes" $ordered -}}
  {{- $_ := set $w "disk" $disk -}}
  {{- $_ := set $w "serves" (and (eq $w.kind "Deployment") (gt (len $w.ports) 0)) -}}
  {{- range $w.ports -}}
    {{- if and (ne .protocol "tcp") (not (hasKey $w "routedPort")) -}}{{- $_ := set $w "routedPort" . -}}{{- end -}}
  {{- end -}}
  {{- $_ := set $w "routed" (and (gt (len $w.domains) 0) (eq $w.kind "Deployment") (hasKey $w "routedPort")) -}}
  {{- $_ := set $w "fewest" (int (dig "min" ($w.replicas | default (ternary 0 1 (hasKey $w "replicas"))) ($w.autoscaling | default dict))) -}}
  {{- range $w.secrets -}}{{- include "service.checkReference" (dict "from" .from "at" (printf "%s.secrets[%s]" $at .name)) -}}{{- end -}}
  {{- $_ := set $workloads $w.name $w -}}
{{- end -}}
{{- $databases := dict -}}
{{- range $d := $v.databases | default list -}}
  {{- include "service.unused" (dict "names" $names "name" $d.name "list" "databases") -}}
  {{- if eq ($d.mode | default "statefulset") "operator" -}}{{- fail (printf "databases[%s].mode: there is no operator for %s; write statefulset" $d.name $d.engine) -}}{{- end -}}
  {{- with $d.credentials -}}{{- include "service.checkReference" (dict "from" . "at" (printf "databases[%s].credentials" $d.name)) -}}{{- end -}}
  {{- $_ := set $d "settings" (include "service.engine" $d | fromYaml) -}}
  {{- $_ := set $d "port" ($d.port | default $d.settings.port) -}}
  {{- $_ := set $databases $d.name $d -}}
{{- end -}}
{{- $_ := set $v "workloads" $workloads -}}
{{- $_ := set $v "databases" $databases -}}
{{- include "service.connect" $v -}}
{{- toJson $v -}}
{{- end -}}

{{- define "service.unused" -}}
{{- if hasKey .names .name -}}{{- fail (printf "%s[%s]: there are two of the name %s among workloads and databases" .list .name .name) -}}{{- end -}}
{{- $_ := set .names .name true -}}
{{- end -}}

{{- define "service.checkReference" -}}
{{- $store := and (hasKey .from "store") (hasKey .from "key") -}}
{{- if hasKey .from "vault" -}}
  {{- if or (hasKey .from "store") (hasKey .from "key") (hasKey .from "property") -}}{{- fail (printf "%s: give either vault, or store and key" .at) -}}{{- end -}}
{{- else if not $store -}}
  {{- fail (printf "%s: give either vault, or store and key" .at) -}}
{{- end -}}
{{- end -}}
