{{/* What differs from engine to engine of databases. */}}
{{- define "service.engine" -}}
{{- $port := int .port -}}
{{- $database := include "service.identifier" (dict "name" .name "suffix" "db" "max" 63) -}}
{{- $user := include "service.identifier" (dict "name" .name "suffix" "user" "max" (ternary 32 63 (eq .engine "mysql"))) -}}
{{- if eq .engine "mysql" -}}
image: mysql
port: 3306
user: 999
mountPath: /var/lib/mysql
subPath: mysql
temporary: [/tmp, /var/run/mysqld]
scheme: mysql
{{- if and $port (ne $port 3306) }}
args: [{{ printf "--port=%d" $port | toJson }}]
{{- end }}
env:
  - { name: MYSQL_DATABASE, value: {{ $database | toJson }} }
  - { name: MYSQL_USER, value: {{ $user | toJson }} }
passwords: [MYSQL_PASSWORD, MYSQL_ROOT_PASSWORD]
named: { database: {{ $database | toJson }}, user: {{ $user | toJson }} }
resources: { cpu: 100m, memory: 512Mi, memoryLimit: 1Gi }
{{- else if eq .engine "postgres" -}}
image: postgres
port: 5432
user: {{ ternary 70 999 (contains "alpine" .version) }}
mountPath: /var/lib/postgresql/data
temporary: [/tmp, /var/run/postgresql]
scheme: postgres
{{- if and $port (ne $port 5432) }}
args: ['-c', {{ printf "port=%d" $port | toJson }}]
{{- end }}
env:
  - { name: POSTGRES_DB, value: {{ $database | toJson }} }
  - { name: POSTGRES_USER, value: {{ $user | toJson }} }
  - { name: PGDATA, value: /var/lib/postgresql/data/pgdata }
passwords: [POSTGRES_PASSWORD]
named: { database: {{ $database | toJson }}, user: {{ $user | toJson }} }
resources: { cpu: 100m, memory: 256Mi, memoryLimit: 512Mi }
{{- else if eq .engine "redis" -}}
image: redis
port: 6379
user: 999
mountPath: /data
temporary: [/tmp]
scheme: redis
args:
  - --requirepass
  - $(REDIS_PASSWORD)
  - --appendonly
  - 'yes'
{{- if and $port (ne $port 6379) }}
  - --port
  - {{ printf "%d" $port | toJson }}
{{- end }}
env: []
passwords: [REDIS_PASSWORD]
resources: { cpu: 100m, memory: 128Mi, memoryLimit: 256Mi }
{{- else -}}
image: mongo
port: 27017
user: 999
mountPath: /data/db
temporary: [/tmp, /data/configdb]
scheme: mongodb
{{- if and $port (ne $port 27017) }}
args: [--port, {{ printf "%d" $port | toJson }}]
{{- end }}
env:
  - { name: MONGO_INITDB_DATABASE, value: {{ $database | toJson }} }
  - { name: MONGO_INITDB_ROOT_USERNAME, value: {{ $user | toJson }} }
passwords: [MONGO_INITDB_ROOT_PASSWORD]
named: { database: {{ $database | toJson }}, user: {{ $user | toJson }} }
resources: { cpu: 100m, memory: 512Mi, memoryLimit: 1Gi }
{{- end -}}
{{- end -}}
