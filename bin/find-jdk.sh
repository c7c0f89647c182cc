# Sourced by ./broadcaster and .ci/run: find_jdk prints the home of a JDK 25 or newer, or says where it looked.

JDK_MINIMUM=25

# Prints the major version of the JDK in $1; fails when there is none, or only a JRE.
jdk_major() {
  local home="$1" version=""
  [[ -x "$home/bin/java" && -x "$home/bin/javac" ]] || return 1
  if [[ -r "$home/release" ]]; then
    version="$(sed -n 's/^JAVA_VERSION="\{0,1\}\([0-9][0-9]*\).*/\1/p' "$home/release" | head -n 1)"
  fi
  if [[ -z "$version" ]]; then
    version="$("$home/bin/java" -version 2>&1 | sed -n 's/.* version "\([0-9][0-9]*\).*/\1/p' | head -n 1)"
  fi
  [[ -n "$version" ]] && echo "$version"
}

# Prints the home that the `java` on the PATH belongs to, through its symlinks.
jdk_on_path() {
  local java
  java="$(command -v java)" || return 0
  while [[ -L "$java" ]]; do
    local target
    target="$(readlink "$java")"
    [[ "$target" == /* ]] || target="$(dirname "$java")/$target"
    java="$target"
  done
  (cd "$(dirname "$java")/.." 2>/dev/null && pwd -P) || true
}

find_jdk() {
  local home major looked=() candidates=()
  [[ -n "${BROADCASTER_JAVA_HOME:-}" ]] && candidates+=("$BROADCASTER_JAVA_HOME")
  [[ -n "${JAVA_HOME:-}" ]] && candidates+=("$JAVA_HOME")
  home="$(jdk_on_path)"
  [[ -n "$home" ]] && candidates+=("$home")
  for home in /usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* /opt/java/*; do
    [[ -d "$home" ]] && candidates+=("$home")
  done
  if [[ -x /usr/libexec/java_home ]]; then
    home="$(/usr/libexec/java_home -v "$JDK_MINIMUM+" 2>/dev/null)" && candidates+=("$home")
  fi

  for home in ${candidates[@]+"${candidates[@]}"}; do
    if major="$(jdk_major "$home")"; then
      if ((major >= JDK_MINIMUM)); then
        if [[ -n "${BROADCASTER_JAVA_HOME:-}" && "$home" != "$BROADCASTER_JAVA_HOME" ]]; then
          echo "BROADCASTER_JAVA_HOME=$BROADCASTER_JAVA_HOME has no JDK $JDK_MINIMUM or newer; using $home." >&2
        fi
        echo "$home"
        return 0
      fi
      looked+=("$home (version $major)")
    else
      looked+=("$home (no JDK in it)")
    fi
  done

  {
    echo "Broadcaster needs a JDK $JDK_MINIMUM or newer and found none. Looked at:"
    echo "  \$BROADCASTER_JAVA_HOME (${BROADCASTER_JAVA_HOME:-not set}), \$JAVA_HOME (${JAVA_HOME:-not set}), java on the PATH,"
    echo "  /usr/lib/jvm, ~/.sdkman/candidates/java, ~/.jdks, /opt/java and, on a Mac, /usr/libexec/java_home"
    for home in ${looked[@]+"${looked[@]}"}; do echo "    - $home"; done
    echo "Install one (https://adoptium.net) or set BROADCASTER_JAVA_HOME to where it is."
  } >&2
  return 1
}
