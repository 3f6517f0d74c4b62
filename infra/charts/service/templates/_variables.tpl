{{/*
The environment variables of a workload as a JSON list: addresses of what it needs, its own, its secrets. What the values
name wins over an address. Kubernetes only fills in $(NAME) where NAME was defined before.
*/}}
{{- define "service.variables" -}}
{{- $model := .model -}}
{{- $w := .workload -}}
{{- $variables := dict -}}
{{- $nearest := dict -}}
{{- range $i, $target := get $model.outgoing $w.name -}}
  {{- $long := include "service.variablePrefix" $target.long -}}
  {{- $_ := set $nearest (printf "%d %s %04d" (int $target.near) $long $i) $target -}}
{{- end -}}
{{- $taken := dict -}}
{{- range keys $nearest | sortAlpha -}}
  {{- $target := get $nearest . -}}
  {{- $prefix := include "service.variablePrefix" $target.short -}}
  {{- if hasKey $taken $prefix -}}{{- $prefix = include "service.variablePrefix" $target.long -}}{{- end -}}
  {{- $_ := set $taken $prefix true -}}
  {{- range $suffix, $value := include "service.address" (dict "model" $model "target" $target) | fromJson -}}
    {{- $name := printf "%s_%s" $prefix $suffix -}}
    {{- if kindIs "string" $value -}}
      {{- $_ := set $variables $name (dict "entry" (dict "name" $name "value" $value) "text" "") -}}
    {{- else -}}
      {{- $_ := set $variables $name (dict "entry" (dict "name" $name "valueFrom" (dict "secretKeyRef" (dict "name" $value.secret "key" "password"))) "text" "") -}}
    {{- end -}}
  {{- end -}}
{{- end -}}
{{- range $w.env -}}
  {{- $_ := set $variables .name (dict "entry" (dict "name" .name "value" .value) "text" .value) -}}
{{- end -}}
{{- range $w.secrets -}}
  {{- $_ := set $variables .name (dict "entry" (dict "name" .name "valueFrom" (dict "secretKeyRef" (dict "name" (printf "%s-secrets" $w.name) "key" .name))) "text" "") -}}
{{- end -}}
{{- $state := dict "variables" $variables "visiting" dict "list" list -}}
{{- range keys $variables | sortAlpha -}}
  {{- include "service.visit" (dict "state" $state "name" .) -}}
{{- end -}}
{{- toJson $state.list -}}
{{- end -}}

{{- define "service.visit" -}}
{{- $state := .state -}}
{{- if not (hasKey $state.visiting .name) -}}
  {{- $_ := set $state.visiting .name true -}}
  {{- $variable := get $state.variables .name -}}
  {{- $used := list -}}
  {{- range regexFindAll "\\$\\([^)]+\\)" $variable.text -1 -}}
    {{- $used = append $used (trimSuffix ")" (trimPrefix "$(" .)) -}}
  {{- end -}}
  {{- range $used | sortAlpha -}}
    {{- if hasKey $state.variables . -}}{{- include "service.visit" (dict "state" $state "name" .) -}}{{- end -}}
  {{- end -}}
  {{- $_ := set $state "list" (append $state.list $variable.entry) -}}
{{- end -}}
{{- end -}}

{{/* What is told of a target, by the end of the variable's name. */}}
{{- define "service.address" -}}
{{- $target := .target -}}
{{- $told := dict -}}
{{- $host := "" -}}
{{- $port := 0 -}}
{{- if eq $target.type "external" -}}
  {{- $host = $target.host -}}
  {{- $port = int $target.port -}}
{{- else if eq $target.type "database" -}}
  {{- $database := get .model.databases $target.local -}}
  {{- $host = $database.name -}}
  {{- $port = int $database.port -}}
  {{- $url := printf "%s://%s:%d" $database.settings.scheme $host $port -}}
  {{- with $database.settings.named -}}
    {{- $url = printf "%s/%s" $url .database -}}
    {{- $_ := set $told "DATABASE" .database -}}
    {{- $_ := set $told "USER" .user -}}
  {{- end -}}
  {{- $_ := set $told "URL" $url -}}
  {{- $_ := set $told "PASSWORD" (dict "secret" (printf "%s-credentials" $host)) -}}
{{- else -}}
  {{- $ports := $target.ports -}}
  {{- if eq $target.type "workload" -}}
    {{- $host = $target.local -}}
    {{- $ports = (get .model.workloads $host).ports -}}
  {{- else -}}
    {{- $host = printf "%s.%s.svc" $target.workload $target.namespace -}}
  {{- end -}}
  {{- $first := first $ports -}}
  {{- $port = int $first.port -}}
  {{- if eq $first.protocol "http" -}}{{- $_ := set $told "URL" (printf "http://%s:%d" $host $port) -}}{{- end -}}
{{- end -}}
{{- $_ := set $told "HOST" $host -}}
{{- $_ := set $told "PORT" (printf "%d" $port) -}}
{{- $_ := set $told "ADDR" (printf "%s:%d" $host $port) -}}
{{- toJson $told -}}
{{- end -}}
