@echo off
rem Runs the evenhand command: that of a release, or that of a checkout, which it builds first where needed (JDK 17 and Maven are enough).
setlocal
set "home=%~dp0"
rem A release has its parts beside this file.
set "app=%home%app\evenhand.jar"
set "training=%home%training"
if exist "%home%pom.xml" set "app=%home%cli\target\app\evenhand.jar"
if exist "%home%pom.xml" set "training=%home%training\target\app"
set "java=java"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java"
call :build "%app%" cli "building, the first time Maven downloads what is needed"
if errorlevel 1 exit /b 4

rem Networks over images are trained by an optional part; experiments are a program of their own.
if "%~1"=="reproduce" goto reproduce
if "%~1"=="train" goto training
if "%~1"=="erase" echo %* | findstr /v /c:"--patch features" /c:"--patch=features" | findstr /c:"--patch" /c:"--device" /c:"--checkpoints" >nul && goto training
"%java%" -XX:+UseParallelGC %EVENHAND_JAVA_OPTS% -jar "%app%" %*
exit /b %errorlevel%

:training
call :buildtraining
if errorlevel 1 exit /b 4
"%java%" -XX:+UseParallelGC %EVENHAND_JAVA_OPTS% --enable-native-access=ALL-UNNAMED -cp "%app%;%training%\*" org.evenhand.cli.Evenhand %*
exit /b %errorlevel%

:reproduce
if not exist "%home%pom.xml" (
  echo evenhand: 'reproduce' writes the tables of the documentation; it needs a checkout of the sources. 1>&2
  exit /b 2
)
call :buildtraining
if errorlevel 1 exit /b 4
call :build "%home%experiments\target\part-built" experiments "adding the experiments"
if errorlevel 1 exit /b 4
set "arguments="
for /f "tokens=1,*" %%a in ("%*") do set "arguments=%%b"
"%java%" -XX:+UseParallelGC %EVENHAND_JAVA_OPTS% --enable-native-access=ALL-UNNAMED -cp "%app%;%training%\*;%home%experiments\target\app\*" org.evenhand.experiments.Reproduce %arguments%
exit /b %errorlevel%

:buildtraining
call :build "%home%training\target\part-built" training "adding the part that trains networks over images: PyTorch, 92 MB"
exit /b %errorlevel%

rem In a checkout: the file that is there once it is built, the module, and a sentence.
:build
if not exist "%home%pom.xml" exit /b 0
if exist "%~1" exit /b 0
echo evenhand: %~3 ... 1>&2
call mvn -q -B -ntp -f "%home%pom.xml" -pl %2 -am package -Dmaven.test.skip=true -Dstyle.color=never 1>&2
if errorlevel 1 (
  echo evenhand: the build failed; JDK 17 or newer and Maven are needed. 1>&2
  exit /b 4
)
if not exist "%~1" type nul >"%~1"
exit /b 0
