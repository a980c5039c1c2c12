# SPDX-License-Identifier: MIT
# A cluster of one machine: munged, slurmctld and two slurmd (n1 and n2, a processor each) on loopback,
# below the folder $cluster, without systemd, as root or not. Sourced; what it starts it ends, by number.
# shellcheck shell=sh disable=SC2154

# Ports that nobody listens on.
free_ports() {
    "$python" -c '
import socket, sys
sockets = [socket.socket() for _ in range(int(sys.argv[1]))]
for one in sockets: one.bind(("127.0.0.1", 0))
print(*(one.getsockname()[1] for one in sockets))' "$1"
}

cluster_configure() {
    user=$(id -un)
    host=$(hostname -s)
    # shellcheck disable=SC2046
    set -- $(free_ports 3)
    cat >"$cluster/slurm.conf" <<CONF
ClusterName=decant
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$1
SlurmUser=$user
SlurmdUser=$user
AuthType=auth/munge
CredType=cred/munge
AuthInfo=socket=$cluster/munge/socket
CommunicationParameters=NoInAddrAny,NoCtldInAddrAny
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
MpiDefault=none
ReturnToService=2
SlurmdTimeout=5
StateSaveLocation=$cluster/state
SlurmctldPidFile=$cluster/slurmctld.pid
SlurmctldLogFile=$cluster/slurmctld.log
SlurmdSpoolDir=$cluster/%n
SlurmdPidFile=$cluster/%n.pid
SlurmdLogFile=$cluster/%n.log
NodeName=n1 NodeHostname=$host NodeAddr=127.0.0.1 Port=$2 CPUs=1
NodeName=n2 NodeHostname=$host NodeAddr=127.0.0.1 Port=$3 CPUs=1
PartitionName=all Nodes=n1,n2 Default=YES State=UP
CONF
}

node_start() { slurmd -N "$1" -f "$SLURM_CONF"; }

cluster_start() {
    mkdir -p "$cluster/state" "$cluster/munge"
    chmod 711 "$cluster" "$cluster/munge" # its socket must be within everybody's reach
    head -c 128 /dev/urandom >"$cluster/munge/key"
    chmod 400 "$cluster/munge/key"
    munged --key-file="$cluster/munge/key" --socket="$cluster/munge/socket" --pid-file="$cluster/munge/pid" \
        --log-file="$cluster/munge/log" --seed-file="$cluster/munge/seed" || return
    cluster_configure
    SLURM_CONF=$cluster/slurm.conf
    export SLURM_CONF
    slurmctld -f "$SLURM_CONF" && node_start n1 && node_start n2 || return
    for _ in $(seq 50); do
        [ "$(sinfo -h -N -t idle -o %N 2>/dev/null | wc -l)" -eq 2 ] && return
        sleep 0.2
    done
    cat "$cluster"/*.log >&2
    return 1
}

# The processes of a node: its daemon, and for each task the step's daemon and what it has started.
node_processes() {
    cat "$cluster/$1.pid" 2>/dev/null
    # A task's script lies in the node's folder; its session is that of the step's daemon.
    for script in $(pgrep -f "$cluster/$1/job"); do
        ps -o pid= -s "$(ps -o sid= -p "$script" | tr -d ' ')"
    done
}

# Ends a node as a power cut would.
node_kill() {
    # shellcheck disable=SC2046
    kill -9 $(node_processes "$1") 2>/dev/null
    rm -f "$cluster/$1.pid"
}

cluster_stop() {
    node_kill n1
    node_kill n2
    for pid in "$cluster/slurmctld.pid" "$cluster/munge/pid"; do
        [ -f "$pid" ] || continue
        process=$(cat "$pid")
        kill "$process"
        for _ in $(seq 50); do
            kill -0 "$process" 2>/dev/null || break
            sleep 0.1
        done
    done
}

# The jobs that have not ended, tasks one by one.
jobs_left() { squeue -h -r -o '%i %T'; }

# Waits up to $1 seconds until no job is left; tasks of a dead node are begun again at once, which Slurm
# would do after two minutes.
jobs_wait() {
    for _ in $(seq "$1"); do
        [ -n "$(jobs_left)" ] || return 0
        for job in $(squeue -h -r -t PD -o '%i %r' | awk '$2 == "BeginTime" { print $1 }'); do
            scontrol update job "$job" StartTime=now
        done
        sleep 1
    done
    squeue >&2
    return 1
}
