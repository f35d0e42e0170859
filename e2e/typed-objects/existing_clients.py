"""The exchanges of the clients that exist, spoken with nothing but Python's standard library.

    existing_clients.py ENGINE USER EXCHANGE [ARGUMENT ...]

ENGINE is host:port. The password is read from standard input. What came of it is printed as one JSON object.
"""

import http.client
import json
import sys
import time

PREFIX = "/resources/json/delphix/"
BOUNDARY = "----------boundary------"
POLL_SECONDS = 0.1


class Refused(Exception):
    def __init__(self, status, error):
        super(Refused, self).__init__(error)
        self.status = status
        self.error = error


class Connection(object):
    """Keeps what Set-Cookie said, attributes and all, and sends all of it back."""

    def __init__(self, engine):
        self.engine = engine
        self.cookie = None

    def send(self, method, path, body=None, content_type="application/json"):
        headers = {"Content-type": content_type}
        if self.cookie is not None:
            headers["Cookie"] = self.cookie
        connection = http.client.HTTPConnection(self.engine, timeout=60)
        connection.request(method, PREFIX + path, body, headers)
        answer = connection.getresponse()
        self.cookie = answer.getheader("set-cookie", self.cookie)
        content = answer.read()
        connection.close()
        return answer.status, content

    def post(self, path, typed=None):
        return self.checked(*self.send("POST", path, None if typed is None else json.dumps(typed)))

    def get(self, path):
        return self.checked(*self.send("GET", path))

    @staticmethod
    def checked(status, content):
        answer = json.loads(content.decode("utf-8"))
        if status != 200 or answer["status"] != "OK":
            raise Refused(status, answer["error"])
        return answer


def begin(connection, version):
    return connection.post("session", {"type": "APISession", "version": version})


def version_of(text):
    major, minor, micro = text.split(".")
    return {"type": "APIVersion", "major": int(major), "minor": int(minor), "micro": int(micro)}


def log_in(connection, user, password):
    return connection.post("login", {"type": "LoginRequest", "username": user, "password": password})


def form(token, content):
    lines = [
        "--" + BOUNDARY,
        'Content-Disposition: form-data; name="token"',
        "",
        token,
        "--" + BOUNDARY,
        'Content-Disposition:form-data; name="file"; filename="artifact.json"',
        "Content-Type: application/octet-stream",
        "",
        content,
        "--" + BOUNDARY + "--",
        "",
    ]
    return "\r\n".join(lines).encode("utf-8")


def send_artifact(connection, content):
    token = connection.post("toolkit/requestUploadToken")["result"]["token"]
    sent = connection.send("POST", "data/upload", form(token, content), "multipart/form-data; boundary=" + BOUNDARY)
    return connection.checked(*sent)


def wait(connection, answer):
    """By its job where there is one, else by its action."""
    while True:
        if answer["job"] is not None:
            job = connection.get("action/%s/getJob" % answer["action"])["result"]
            told = [[event["timestamp"], event["messageCode"], event["messageDetails"], event["messageAction"]] for event in job["events"]]
            state, end = job["jobState"], {"job": job["reference"], "told": told}
        else:
            state, end = connection.get("action/" + answer["action"])["result"]["state"], {}
        if state not in ("RUNNING", "WAITING"):
            return dict(end, state=state)
        time.sleep(POLL_SECONDS)


def upload(connection, who, artifact, version_member="engineApi"):
    with open(artifact, "rb") as file:
        content = file.read().decode("utf-8")
    begin(connection, json.loads(content)[version_member])
    log_in(connection, *who)
    answer = send_artifact(connection, content)
    return dict(wait(connection, answer), answer=answer)


def upload_toolkit(connection, who, artifact):
    return upload(connection, who, artifact, "buildApi")


def upload_in(connection, who, version, artifact):
    with open(artifact, "rb") as file:
        content = file.read().decode("utf-8")
    begin(connection, version_of(version))
    log_in(connection, *who)
    answer = send_artifact(connection, content)
    return dict(wait(connection, answer), answer=answer)


def upload_text(connection, who, content):
    begin(connection, version_of("1.11.16"))
    log_in(connection, *who)
    return send_artifact(connection, content)


def download_logs(connection, who, plugin_id, target):
    begin(connection, version_of("1.11.6"))
    log_in(connection, *who)
    plugins = connection.get("toolkit")["result"]
    [reference] = [one["reference"] for one in plugins if one["identifier"] == plugin_id and one["namespace"] is None]
    asked = {"type": "SupportBundleGenerateParameters", "bundleType": "PLUGIN_LOG", "plugin": reference}
    answer = connection.post("service/support/bundle/generate", asked)
    path = "data/downloadOutputStream?token=" + answer["result"]
    status, content = connection.send("GET", path, content_type="application/octet-stream")
    with open(target, "wb") as file:
        file.write(content)
    again, _ = connection.send("GET", path, content_type="application/octet-stream")
    return {"type": answer["type"], "status": status, "again": again}


def dxtoolkit_login(connection, who):
    status, content = connection.send("GET", "session")
    before = [status, json.loads(content)["status"]]
    begin(connection, version_of("1.3.0"))
    about = connection.get("about")["result"]
    begin(connection, about["apiVersion"])
    log_in(connection, *who)
    user = connection.get("user/current")["result"]
    after = connection.get("session")["status"]
    connection.post("logout", {})
    gone, _ = connection.send("GET", "user/current")
    return {"before": before, "apiVersion": about["apiVersion"], "user": user["name"], "after": after, "gone": gone}


def call(connection, who, *calls):
    """One call after the other, each METHOD:PATH; waits for what they start."""
    begin(connection, version_of("1.11.16"))
    log_in(connection, *who)
    answers = []
    for one in calls:
        method, path = one.split(":", 1)
        answer = connection.checked(*connection.send(method, path))
        answers.append(dict(answer, end=None if answer["action"] is None else wait(connection, answer)))
    return {"answers": answers}


EXCHANGES = {
    "upload": upload,
    "upload-toolkit": upload_toolkit,
    "upload-in": upload_in,
    "upload-text": upload_text,
    "download-logs": download_logs,
    "dxtoolkit-login": dxtoolkit_login,
    "call": call,
}


def main(engine, user, exchange, *arguments):
    password = sys.stdin.readline().rstrip("\n")
    try:
        came = EXCHANGES[exchange](Connection(engine), (user, password), *arguments)
    except Refused as refused:
        came = {"refused": refused.status, "error": refused.error}
    print(json.dumps(came))


if __name__ == "__main__":
    main(*sys.argv[1:])
