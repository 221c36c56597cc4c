# SPDX-FileCopyrightText: Touchpoint contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""check_relay_surroundings.py RELAY EXAMPLES UNIT: the files that ship for the relay's surroundings, as the programs that
read them judge them: nginx and HAProxy with their certificates, systemd with its idea of what is exposed."""
import os
import re
import subprocess
import sys
import tempfile

# What systemd calls "OK": 2.0 of 10, in tenths.
EXPOSURE_AT_MOST = 20

NGINX = """daemon off;
pid {directory}/nginx.pid;
error_log {directory}/error.log;
events {{ }}
http {{
client_body_temp_path {directory}/t1; proxy_temp_path {directory}/t2; fastcgi_temp_path {directory}/t3;
uwsgi_temp_path {directory}/t4; scgi_temp_path {directory}/t5;
{example}
}}
"""


def run(*command):
    result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                            env=dict(os.environ, SYSTEMD_COLORS="0", LC_ALL="C.UTF-8"))
    return result.returncode, result.stdout


def read(*path):
    with open(os.path.join(*path), encoding="utf-8") as file:
        return file.read()


def write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def make_certificate(directory):
    key, chain = os.path.join(directory, "privkey.pem"), os.path.join(directory, "fullchain.pem")
    code, said = run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj",
                     "/CN=relay.example.com", "-keyout", key, "-out", chain)
    assert code == 0, said
    write(os.path.join(directory, "both.pem"), read(chain) + read(key))


def check_nginx(examples, directory):
    example = read(examples, "nginx.conf.example")
    example = example.replace("/etc/letsencrypt/live/relay.example.com", directory)
    example = example.replace("/var/log/nginx", directory)
    path = os.path.join(directory, "nginx.conf")
    write(path, NGINX.format(directory=directory, example=example))
    return run("/usr/sbin/nginx", "-t", "-p", directory, "-c", path)


def check_haproxy(examples, directory):
    example = read(examples, "haproxy.cfg.example")
    path = os.path.join(directory, "haproxy.cfg")
    write(path, example.replace("/etc/haproxy/relay.example.com.pem", os.path.join(directory, "both.pem")))
    code, said = run("/usr/sbin/haproxy", "-c", "-f", path)
    return (1, said) if "[WARNING]" in said else (code, said)


def put_units(relay, unit, examples, directory):
    """The units with the program where it was built, and without its manual, which is not installed yet."""
    service = re.sub(r"^(Exec\w+=)\S+", lambda match: match[1] + relay, read(unit), flags=re.M)
    units = {"touchpoint-relay.service": service,
             "touchpoint-relay.socket": read(examples, "touchpoint-relay.socket")}
    for name, text in units.items():
        write(os.path.join(directory, name), re.sub(r"^Documentation=.*\n", "", text, flags=re.M))
    return [os.path.join(directory, name) for name in units]


def check_units(paths):
    code, said = run("systemd-analyze", "verify", "--man=no", *paths)
    return (1, said) if said.strip() else (code, said)


def check_exposure(paths):
    return run("systemd-analyze", "security", "--offline=true", f"--threshold={EXPOSURE_AT_MOST}", "--no-pager", paths[0])


def main():
    relay, examples, unit = (os.path.abspath(path) for path in sys.argv[1:])
    failed = 0
    with tempfile.TemporaryDirectory() as directory:
        make_certificate(directory)
        paths = put_units(relay, unit, examples, directory)
        for name, check in (("nginx", lambda: check_nginx(examples, directory)),
                            ("haproxy", lambda: check_haproxy(examples, directory)),
                            ("units", lambda: check_units(paths)),
                            ("exposure", lambda: check_exposure(paths))):
            code, said = check()
            if code != 0:
                failed += 1
                print(f"{name}:\n{said}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
