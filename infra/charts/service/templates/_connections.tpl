{{/*
Who talks to whom. Sets on the model: `outgoing`, the targets of each workload in a fixed order, and `incoming`, the
sources of each workload and database. A need of something of this service that isn't there is refused; one of a service
that isn't among the neighbours opens nothing.
*/}}
{{- define "service.connect" -}}
{{- $v := . -}}
{{- $outgoing := dict -}}
{{- $incoming := dict -}}
{{- range $name := keys $v.workloads | sortAlpha -}}
  {{- $found := dict -}}
  {{- range $i, $need := (get $v.workloads $name).needs -}}
    {{- $targets := include "service.targets" (dict "model" $v "from" $name "need" $need) | fromJsonArray -}}
    {{- range $j, $target := $targets -}}
      {{- $_ := set $found (printf "%s %04d %04d" $target.key $i $j) $target -}}
    {{- end -}}
  {{- end -}}
  {{- $ordered := list -}}
  {{- range keys $found | sortAlpha -}}
    {{- $target := get $found . -}}
    {{- $ordered = append $ordered $target -}}
    {{- with $target.local -}}
      {{- $sources := get $incoming . | default dict -}}
      {{- $_ := set $sources (dict "type" "workload" "workload" $name | toJson) (dict "workload" $name) -}}
      {{- $_ := set $incoming . $sources -}}
    {{- end -}}
  {{- end -}}
  {{- $_ := set $outgoing $name $ordered -}}
{{- end -}}
{{- range $neighbour := $v.neighbours | default list -}}
  {{- range $workload := $neighbour.workloads -}}
    {{- range $need := $workload.needs | default list -}}
      {{- $parts := splitList "/" $need -}}
      {{- if and (ge (len $parts) 2) (eq (index $parts 0) $v.organization) (eq (index $parts 1) $v.service) -}}
        {{- range $name, $target := $v.workloads -}}
          {{- if and $target.serves (or (eq (len $parts) 2) (eq (last $parts) $name)) -}}
            {{- $sources := get $incoming $name | default dict -}}
            {{- $place := dict "organization" $neighbour.organization "service" $neighbour.service "environment" $neighbour.environment "workload" $workload.name -}}
            {{- $key := printf "{\"type\":\"service\",\"organization\":%q,\"service\":%q,\"environment\":%q,\"workload\":%q}" $neighbour.organization $neighbour.service $neighbour.environment $workload.name -}}
            {{- $_ := set $sources $key $place -}}
            {{- $_ := set $incoming $name $sources -}}
          {{- end -}}
        {{- end -}}
      {{- end -}}
    {{- end -}}
  {{- end -}}
{{- end -}}
{{- $_ := set $v "outgoing" $outgoing -}}
{{- $lists := dict -}}
{{- range $name, $sources := $incoming -}}
  {{- $list := list -}}
  {{- range keys $sources | sortAlpha -}}{{- $list = append $list (get $sources .) -}}{{- end -}}
  {{- $_ := set $lists $name $list -}}
{{- end -}}
{{- $_ := set $v "incoming" $lists -}}
{{- end -}}

{{/* The targets of one need, as a JSON list. */}}
{{- define "service.targets" -}}
{{- $v := .model -}}
{{- $parts := splitList "/" .need -}}
{{- $targets := list -}}
{{- if contains ":" .need -}}
  {{- $host := regexReplaceAll ":[0-9]+$" .need "" -}}
  {{- $port := trimPrefix (printf "%s:" $host) .need -}}
  {{- $targets = list (dict "type" "external" "key" (printf "external %s %s" $host $port) "host" $host "port" (int $port) "near" 2 "short" $host "long" (printf "%s-%s" $host $port)) -}}
{{- else if or (eq (len $parts) 1) (and (eq (len $parts) 3) (eq (index $parts 0) $v.organization) (eq (index $parts 1) $v.service)) -}}
  {{- $name := last $parts -}}
  {{- if hasKey $v.databases $name -}}
    {{- $targets = list (dict "type" "database" "key" (printf "database %s" $name) "local" $name "near" 0 "short" $name "long" $name) -}}
  {{- else if not (hasKey $v.workloads $name) -}}
    {{- fail (printf "workloads[%s].needs: this service has no workload or database named %s. Write organization/service for another service and host:port for something outside." .from $name) -}}
  {{- else if (get $v.workloads $name).serves -}}
    {{- $targets = list (dict "type" "workload" "key" (printf "workload %s" $name) "local" $name "near" 0 "short" $name "long" $name) -}}
  {{- end -}}
{{- else -}}
  {{- $serving := list -}}
  {{- range $neighbour := $v.neighbours | default list -}}
    {{- if and (eq $neighbour.organization (index $parts 0)) (eq $neighbour.service (index $parts 1)) -}}
      {{- range $workload := $neighbour.workloads -}}
        {{- if and $workload.ports (or (eq (len $parts) 2) (eq (last $parts) $workload.name)) -}}
          {{- $serving = append $serving (dict "neighbour" $neighbour "workload" $workload) -}}
        {{- end -}}
      {{- end -}}
    {{- end -}}
  {{- end -}}
  {{- range $one := $serving -}}
    {{- $n := $one.neighbour -}}
    {{- $w := $one.workload -}}
    {{- $namespace := include "service.namespaceOf" $n -}}
    {{- $short := ternary (printf "%s-%s" $n.service $w.name) $n.service (gt (len $serving) 1) -}}
    {{- $ports := list -}}
    {{- range $w.ports -}}{{- $ports = append $ports (merge . (dict "protocol" "http")) -}}{{- end -}}
    {{- $targets = append $targets (dict "type" "service" "key" (printf "service %s %s" $namespace $w.name) "namespace" $namespace "organization" $n.organization "service" $n.service "environment" $n.environment "workload" $w.name "ports" $ports "near" 1 "short" $short "long" (printf "%s-%s-%s" $n.organization $n.service $w.name)) -}}
  {{- end -}}
{{- end -}}
{{- toJson $targets -}}
{{- end -}}

{{/* The labels by which an environment's namespace is known, as a selector. */}}
{{- define "service.environmentSelector" -}}
matchLabels:
  slipway.dev/organization: {{ .organization | toJson }}
  slipway.dev/service: {{ .service | toJson }}
  slipway.dev/environment: {{ .environment | toJson }}
{{- end -}}
