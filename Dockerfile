# Two stages: the first installs and builds, the second serves. Nothing is fetched at run time.
FROM debian:bookworm-slim AS build
RUN apt-get update && apt-get install -y --no-install-recommends python3 python3-venv && rm -rf /var/lib/apt/lists/*
WORKDIR /opt/atlas
COPY requirements.txt ./
RUN python3 -m venv .venv && .venv/bin/python -m pip install --no-cache-dir --require-hashes -r requirements.txt
COPY geo ./geo
COPY dashboard ./dashboard
COPY data ./data
COPY .streamlit ./.streamlit
COPY LICENSE README.md ./
ENV CONFLICT_CACHE=/opt/atlas/.cache CONFLICT_STATE=/opt/atlas/.state
RUN .venv/bin/python -m geo demo && .venv/bin/python -m compileall -q geo dashboard

FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends python3 && rm -rf /var/lib/apt/lists/* \
 && useradd --create-home --uid 10001 atlas
COPY --from=build --chown=atlas:atlas /opt/atlas /opt/atlas
USER atlas
WORKDIR /opt/atlas
ENV CONFLICT_CACHE=/opt/atlas/.cache CONFLICT_STATE=/opt/atlas/.state PATH=/opt/atlas/.venv/bin:$PATH
EXPOSE 8501
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8501/_stcore/health', timeout=4)"]
CMD ["python", "-m", "geo", "serve", "--address", "0.0.0.0", "--port", "8501"]
