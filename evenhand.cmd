@echo off
rem Runs the evenhand command from this checkout and builds it first where needed (JDK 17 and Maven are enough).
setlocal
set "home=%~dp0"
set "app=%home%cli\target\app\evenhand.jar"
set "java=java"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java"
if not exist "%app%" (
  echo evenhand: building, the first time Maven downloads what is needed ... 1>&2
  call mvn -q -B -ntp -f "%home%pom.xml" -pl cli -am package -Dmaven.test.skip=true -Dstyle.color=never 1>&2
  if errorlevel 1 (
    echo evenhand: the build failed; JDK 17 or newer and Maven are needed. 1>&2
    exit /b 4
  )
)
"%java%" -XX:+UseParallelGC %EVENHAND_JAVA_OPTS% -jar "%app%" %*
exit /b %errorlevel%
