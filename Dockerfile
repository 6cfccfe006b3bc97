FROM python:3.13-slim
WORKDIR /src
COPY . .
RUN pip install --no-cache-dir '.[semantic,postgres]' && useradd --create-home assistant && mkdir /data && chown assistant /data
USER assistant
WORKDIR /home/assistant
ENV HOST=0.0.0.0 DATA_DIR=/data
VOLUME /data
EXPOSE 8080
HEALTHCHECK CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8080/healthz')"]
CMD ["partnership-assistant"]
