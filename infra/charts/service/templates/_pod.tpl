{{/* The Pod of a workload whose gate is open. */}}
{{- define "service.pod" -}}
{{- $model := .model -}}
{{- $w := .workload -}}
{{- $job := eq $w.kind "CronJob" -}}
metadata:
  labels:
    {{- include "service.labels" (dict "model" $model "part" "workload" "workload" $w.name) | nindent 4 }}
    {{- if $w.metrics }}
    prometheus.io/scrape: 'true'
    {{- end }}
  {{- with $w.metrics }}
  annotations:
    prometheus.io/scrape: 'true'
    prometheus.io/port: {{ printf "%d" (int .port) | toJson }}
    prometheus.io/path: {{ .path | default "/metrics" | toJson }}
  {{- end }}
spec:
  serviceAccountName: {{ $w.name | toJson }}
  automountServiceAccountToken: false
  enableServiceLinks: false
  {{- with $w.runtimeClass }}
  runtimeClassName: {{ . | toJson }}
  {{- end }}
  {{- if $job }}
  restartPolicy: Never
  {{- end }}
  terminationGracePeriodSeconds: 120
  securityContext:
    {{- include "service.podSecurity" (dict "user" 1000 "ports" $w.ports) | nindent 4 }}
  {{- if not $job }}
  affinity:
    podAntiAffinity:
      preferredDuringSchedulingIgnoredDuringExecution:
        - weight: 100
          podAffinityTerm:
            labelSelector:
              matchLabels:
                slipway.dev/workload: {{ $w.name | toJson }}
            topologyKey: kubernetes.io/hostname
  {{- end }}
  containers:
    - name: {{ $w.name | toJson }}
      image: {{ include "service.image" $w.image | toJson }}
      {{- if hasKey $w "command" }}
      command: {{ $w.command | toJson }}
      {{- end }}
      {{- if hasKey $w "args" }}
      args: {{ $w.args | toJson }}
      {{- end }}
      {{- with include "service.variables" . | fromJsonArray }}
      env:
        {{- range . }}
        - {{ . | toJson }}
        {{- end }}
      {{- end }}
      {{- with $w.envFrom }}
      envFrom:
        {{- range . }}
        - secretRef:
            name: {{ .secret | toJson }}
            optional: {{ .optional | default false }}
          {{- with .prefix }}
          prefix: {{ . | toJson }}
          {{- end }}
        {{- end }}
      {{- end }}
      {{- with $w.ports }}
      ports:
        {{- range . }}
        - name: {{ .name | toJson }}
          containerPort: {{ int .port }}
          protocol: TCP
        {{- end }}
      {{- end }}
      resources:
        requests:
          cpu: {{ $w.resources.cpu | toJson }}
          memory: {{ $w.resources.memory | toJson }}
          {{- include "service.gpu" $w.gpu | nindent 10 }}
        {{- if or (hasKey $w.resources "limits") $w.gpu }}
        limits: {{ if not (or $w.resources.limits $w.gpu) }}{}{{ end }}
          {{- range $resource, $limit := $w.resources.limits | default dict }}
          {{ $resource }}: {{ $limit | toJson }}
          {{- end }}
          {{- include "service.gpu" $w.gpu | nindent 10 }}
        {{- end }}
      {{- if not $job }}
      {{- include "service.probes" $w | nindent 6 }}
      lifecycle:
        preStop:
          sleep:
            seconds: 10
      {{- end }}
      securityContext:
        {{- include "service.containerSecurity" . | nindent 8 }}
      {{- with $w.volumes }}
      volumeMounts:
        {{- range . }}
        - name: {{ include "service.volumeName" .path | toJson }}
          mountPath: {{ .path | toJson }}
        {{- end }}
      {{- end }}
  {{- with $w.volumes }}
  volumes:
    {{- range . }}
    - name: {{ include "service.volumeName" .path | toJson }}
      {{- if eq .kind "disk" }}
      persistentVolumeClaim:
        claimName: {{ printf "%s--%s" $w.name (include "service.volumeName" .path) | toJson }}
      {{- else if .size }}
      emptyDir:
        sizeLimit: {{ .size | toJson }}
      {{- else }}
      emptyDir: {}
      {{- end }}
    {{- end }}
  {{- end }}
{{- end -}}

{{- define "service.image" -}}
{{- .repository }}:{{ .revision }}{{ with .digest }}@{{ . }}{{ end }}
{{- end -}}

{{- define "service.gpu" -}}
{{- with . -}}
{{ .resource | default "nvidia.com/gpu" | toJson }}: {{ printf "%d" (int .count) | toJson }}
{{- end -}}
{{- end -}}

{{/* What the Pod Security level `restricted` asks for. */}}
{{- define "service.podSecurity" -}}
{{- $low := false -}}
{{- range .ports }}{{ if lt (int .port) 1024 }}{{ $low = true }}{{ end }}{{ end -}}
runAsNonRoot: true
runAsUser: {{ int .user }}
runAsGroup: {{ int .user }}
fsGroup: {{ int .user }}
fsGroupChangePolicy: OnRootMismatch
seccompProfile:
  type: RuntimeDefault
{{- if $low }}
sysctls:
  - name: net.ipv4.ip_unprivileged_port_start
    value: '0'
{{- end }}
{{- end -}}

{{- define "service.containerSecurity" -}}
allowPrivilegeEscalation: false
capabilities:
  drop: [ALL]
privileged: false
readOnlyRootFilesystem: true
{{- end -}}

{{/* A probe that runs nothing, or asks no port, is left out: Kubernetes would refuse it. */}}
{{- define "service.probes" -}}
{{- $w := . -}}
{{- $probes := $w.probes | default dict -}}
{{- $made := dict -}}
{{- range $kind := list "startup" "readiness" "liveness" -}}
  {{- with get $probes $kind -}}
    {{- $probe := include "service.probe" (dict "probe" . "ports" $w.ports "kind" $kind) | fromJson -}}
    {{- if $probe -}}{{- $_ := set $made (printf "%sProbe" $kind) $probe -}}{{- end -}}
  {{- end -}}
{{- end -}}
{{- if and $w.ports (not (hasKey $made "readinessProbe")) -}}
  {{- $_ := set $made "readinessProbe" (dict "tcpSocket" (dict "port" (first $w.ports).port) "initialDelaySeconds" 20 "periodSeconds" 10 "successThreshold" 3) -}}
{{- end -}}
{{- range $name, $probe := $made }}
{{ $name }}: {{ $probe | toJson }}
{{- end -}}
{{- end -}}

{{- define "service.probe" -}}
{{- $probe := .probe -}}
{{- $port := $probe.port -}}
{{- if and (not $port) .ports -}}{{- $port = (first .ports).port -}}{{- end -}}
{{- $made := dict -}}
{{- if eq $probe.type "exec" -}}
  {{- with $probe.command -}}{{- $_ := set $made "exec" (dict "command" .) -}}{{- end -}}
{{- else if $port -}}
  {{- if eq $probe.type "http" -}}
    {{- $get := dict "port" $port "path" ($probe.path | default "/") -}}
    {{- if hasKey $probe "headers" -}}{{- $_ := set $get "httpHeaders" $probe.headers -}}{{- end -}}
    {{- $_ := set $made "httpGet" $get -}}
  {{- else if eq $probe.type "grpc" -}}
    {{- $grpc := dict "port" $port -}}
    {{- if hasKey $probe "service" -}}{{- $_ := set $grpc "service" $probe.service -}}{{- end -}}
    {{- $_ := set $made "grpc" $grpc -}}
  {{- else -}}
    {{- $_ := set $made "tcpSocket" (dict "port" $port) -}}
  {{- end -}}
{{- end -}}
{{- if $made -}}
  {{- $timings := list "initialDelaySeconds" "periodSeconds" "timeoutSeconds" "failureThreshold" -}}
  {{- if eq .kind "readiness" -}}{{- $timings = append $timings "successThreshold" -}}{{- end -}}
  {{- range $timings -}}
    {{- if hasKey $probe . -}}{{- $_ := set $made . (get $probe .) -}}{{- end -}}
  {{- end -}}
{{- end -}}
{{- toJson $made -}}
{{- end -}}
